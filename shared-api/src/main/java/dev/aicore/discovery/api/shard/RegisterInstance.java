package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Health;

/**
 * Registers an instance, or says anew what a living one is. Outcome: {@link Outcome.Held}.
 *
 * @param initialHealth what a new one counts as; a living one keeps what it has
 * @param onlyNew whether to refuse it if there is one of that id
 */
public record RegisterInstance(
        String id, Declaration declaration, Health initialHealth, boolean onlyNew, Envelope envelope) implements Item {

    public RegisterInstance(String id, Declaration declaration, Health initialHealth, Envelope envelope) {
        this(id, declaration, initialHealth, false, envelope);
    }
}
