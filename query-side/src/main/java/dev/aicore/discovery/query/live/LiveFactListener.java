package dev.aicore.discovery.query.live;

/**
 * Receives notifications of facts that were added to {@link RecentFactBuffer}. Called on a single thread; must return
 * quickly.
 */
@FunctionalInterface
public interface LiveFactListener {

    /** Handles the addition of facts of a service. */
    void changed(String service);
}
