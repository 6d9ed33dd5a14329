package dev.aicore.discovery.bench.discover;

/**
 * A change that was asked for, and those who are to be told of it.
 *
 * @param position of the change; {@link #REFUSED} if it wasn't done
 * @param nanos when its request was sent, by {@link System#nanoTime()}
 * @param first number of the first of its watchers
 * @param watchers how many there are, numbered on from that one
 */
record ScheduledChange(long position, long nanos, int first, int watchers) {

    static final long REFUSED = -1;

    boolean isFor(int watcher) {
        return watcher >= first && watcher < first + watchers;
    }
}
