package dev.aicore.discovery.eventstore;

import java.time.Instant;
import java.util.UUID;

/**
 * State of the store at one moment.
 *
 * @param position position of the last event; 0 if there is none
 * @param lastFact position of the last fact; 0 if there is none. A read model that has folded this fact reflects
 *     {@code position}
 * @param recordedAt recording time of the last event; the Unix epoch if there is none
 * @param incarnation id of this store; the positions of another store are unrelated
 * @param shards number of shards, fixed when the store was created
 * @param epoch number of claims of the store by writers
 */
public record StoreHead(long position, long lastFact, Instant recordedAt, UUID incarnation, int shards, long epoch) {}
