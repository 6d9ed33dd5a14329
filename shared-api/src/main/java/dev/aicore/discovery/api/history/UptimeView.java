package dev.aicore.discovery.api.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Availability of a service within a time window.
 *
 * @param availability share of the window in which the service had a healthy instance, 0 to 1
 * @param total number of instances that were present within the window
 * @param outages outages of all of them
 * @param flaps flaps of all of them
 * @param instances page of these instances, in the requested order
 */
public record UptimeView(
        String serviceName,
        Instant from,
        Instant to,
        double availability,
        int total,
        int outages,
        int flaps,
        List<InstanceUptime> instances) {

    public UptimeView {
        instances = List.copyOf(instances);
    }

    /**
     * Availability of one instance.
     *
     * @param availability share, 0 to 1, of the time in which the instance should have been healthy. Time in
     *     maintenance, draining or absent does not count. Null if no such time exists
     * @param seconds seconds spent in each status; a status that never occurred is left out
     * @param outages number of outages, including an outage that began before the window
     * @param flaps number of unplanned changes from healthy to another status
     * @param mttrSeconds mean duration in seconds of the outages that ended; null if none ended
     * @param status the status at the end of the window; null if the instance was absent
     */
    public record InstanceUptime(
            String id,
            @Nullable Double availability,
            Map<String, Double> seconds,
            int outages,
            int flaps,
            @Nullable Double mttrSeconds,
            @Nullable String status) {}
}
