package dev.aicore.discovery.bench.discover;

/**
 * A change that a watcher was told of.
 *
 * @param watcher its number
 * @param position of the change
 * @param nanos when it was read, by {@link System#nanoTime()}
 */
record Arrival(int watcher, long position, long nanos) {}
