package dev.aicore.discovery.eventstore;

import java.time.Instant;
import java.util.UUID;

/**
 * The state of the store at one moment.
 *
 * @param position     of the last event; 0 if there is none
 * @param lastFact     position of the last fact; 0 if there is none. A model that has folded this fact reflects {@code position}
 * @param recordedAt   of the last event; the Unix epoch if there is none
 * @param incarnation  names this store among all; another one has other positions
 * @param shards       fixed when the store was made
 * @param epoch        counts claims of the store by writers
 */
public record StoreHead(long position, long lastFact, Instant recordedAt, UUID incarnation, int shards, long epoch) {}
