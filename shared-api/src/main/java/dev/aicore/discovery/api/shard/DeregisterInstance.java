package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.Envelope;

/** Takes an instance out for good. Outcome: {@link Outcome.Deregistered}. */
public record DeregisterInstance(String id, Envelope envelope) implements Item {}
