package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.HealthState;
import org.jspecify.annotations.Nullable;

/**
 * Registers an instance, or declares a known instance again. Outcome: {@link Outcome.Stored}.
 *
 * @param initialHealth health state of a new instance; a known instance keeps its own
 * @param onlyNew true if the command is refused when the id is registered already
 * @param owner owner of a new instance; null for the caller
 */
public record RegisterInstance(
        String id,
        Declaration declaration,
        HealthState initialHealth,
        boolean onlyNew,
        @Nullable String owner,
        EventMetadata envelope)
        implements ShardCommand {

    public RegisterInstance(
            String id, Declaration declaration, HealthState initialHealth, boolean onlyNew, EventMetadata envelope) {
        this(id, declaration, initialHealth, onlyNew, null, envelope);
    }

    public RegisterInstance(String id, Declaration declaration, HealthState initialHealth, EventMetadata envelope) {
        this(id, declaration, initialHealth, false, envelope);
    }

    /** Returns a copy with another declaration. */
    public RegisterInstance withDeclaration(Declaration newDeclaration) {
        return new RegisterInstance(id, newDeclaration, initialHealth, onlyNew, owner, envelope);
    }

    /** Returns the owner of a new instance. */
    public String newOwner() {
        return owner == null ? envelope.actor() : owner;
    }
}
