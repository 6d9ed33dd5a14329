package dev.aicore.discovery.query.watching;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads the reconnects of watchers whose node stops, so that they don't all reach the other nodes at once.
 *
 * @param max maximum delay of a reconnect
 * @param random must be thread-safe
 */
public record ReconnectSpread(Duration max, RandomGenerator random) {

    /** Returns the delay of one watcher. */
    Duration next() {
        return Duration.ofMillis(random.nextLong(max.toMillis() + 1));
    }
}
