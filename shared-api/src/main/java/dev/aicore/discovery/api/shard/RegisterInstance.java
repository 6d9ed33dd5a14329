package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Health;

/**
 * Registers an instance, or says anew what a living one is. Outcome: {@link Outcome.Held}.
 *
 * @param initialHealth what a new one counts as; a living one keeps what it has
 */
public record RegisterInstance(String id, Declaration declaration, Health initialHealth, Envelope envelope)
        implements Item {}
