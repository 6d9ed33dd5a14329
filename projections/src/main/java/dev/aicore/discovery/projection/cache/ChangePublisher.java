package dev.aicore.discovery.projection.cache;

import java.util.Map;

/** Destination of changes of services. */
@FunctionalInterface
interface ChangePublisher {

    /**
     * Publishes changes; repeating a publication is harmless. Blocks.
     *
     * @param services changed services by name, with the position of the last fact, whose rows are committed
     * @throws Exception if the publication failed; the caller tries again later
     */
    void publish(Map<String, Long> services) throws Exception;

    /** Returns the minimum time between two publications in milliseconds; changes meanwhile are published together. */
    default long minIntervalMillis() {
        return 0;
    }
}
