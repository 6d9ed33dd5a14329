package dev.aicore.discovery.query.live;

import dev.aicore.discovery.api.instance.InstanceFact;
import java.time.Instant;

/**
 * Fact about an instance as it was appended.
 *
 * @param position of the fact in the store
 * @param recordedAt time at which the store recorded it
 * @param bytes length of its stored form
 */
public record LiveFact(InstanceFact fact, long position, Instant recordedAt, int bytes) {}
