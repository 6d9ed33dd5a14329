package dev.aicore.discovery.query.live;

import dev.aicore.discovery.api.instance.InstanceFact;
import java.time.Instant;

/**
 * A fact of an instance as it was appended.
 *
 * @param position its place in the store
 * @param recordedAt when the store recorded it
 * @param bytes length of its stored form
 */
public record LiveFact(InstanceFact fact, long position, Instant recordedAt, int bytes) {}
