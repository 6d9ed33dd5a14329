package dev.aicore.discovery.command.collector;

import java.time.Duration;

/**
 * How requests are gathered into batches.
 *
 * @param window longest time that a request waits for others; more makes batches larger and answers later
 * @param enough a batch of so many leaves at once
 * @param mostInBatch no batch is larger
 * @param capacity requests that may wait for one shard; beyond, they are refused with {@code overloaded}
 */
public record CollectorSettings(Duration window, int enough, int mostInBatch, int capacity) {

    public static CollectorSettings defaults() {
        return new CollectorSettings(Duration.ofMillis(50), 64, 16_384, 65_536);
    }
}
