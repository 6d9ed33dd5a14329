package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.HealthState;
import org.jspecify.annotations.Nullable;

/**
 * Registers an instance, or says anew what a living one is. Outcome: {@link Outcome.Stored}.
 *
 * @param initialHealth what a new one counts as; a living one keeps what it has
 * @param onlyNew whether to refuse it if there is one of that id
 * @param owner whom a new one belongs to; null for whoever asks
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

    /** Whom a new one belongs to. */
    public String newOwner() {
        return owner == null ? envelope.actor() : owner;
    }
}
