package dev.aicore.discovery.projection.publishing;

import java.util.Map;

/** Where changes of services are told. */
@FunctionalInterface
interface ChangePublisher {

    /**
     * Tells of them; once more does no harm. Blocks.
     *
     * @param services by name, with the position of the last fact; it is in the rows already
     * @throws Exception if it couldn't be told: try again later
     */
    void publish(Map<String, Long> services) throws Exception;

    /** Returns the shortest time between two tellings, in milliseconds: changes that come meanwhile are told together. */
    default long paceMillis() {
        return 0;
    }
}
