package dev.aicore.discovery.bench.discover;

/**
 * Requested change and its watchers.
 *
 * @param position position of the change; {@link #REFUSED} if it was refused
 * @param nanos time of sending its request, by {@link System#nanoTime()}
 * @param first number of its first watcher
 * @param watchers number of its watchers, numbered consecutively
 */
record WatchedChange(long position, long nanos, int first, int watchers) {

    static final long REFUSED = -1;

    boolean isFor(int watcher) {
        return watcher >= first && watcher < first + watchers;
    }
}
