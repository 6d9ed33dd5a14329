package dev.aicore.discovery.query.live;

/** Hears of facts that were just added to {@link RecentFacts}. Called on one thread: must return at once. */
@FunctionalInterface
public interface LiveListener {

    /** Facts of a service were added. */
    void changed(String service);
}
