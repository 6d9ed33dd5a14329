package dev.aicore.discovery.bench.discover;

/**
 * Change event that a watcher received.
 *
 * @param watcher number of the watcher
 * @param position position of the change
 * @param nanos time of reading, by {@link System#nanoTime()}
 */
record Arrival(int watcher, long position, long nanos) {}
