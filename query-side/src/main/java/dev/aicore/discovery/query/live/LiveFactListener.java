package dev.aicore.discovery.query.live;

/** Hears of facts that were just added to {@link RecentFactBuffer}. Called on one thread: must return at once. */
@FunctionalInterface
public interface LiveFactListener {

    /** Facts of a service were added. */
    void changed(String service);
}
