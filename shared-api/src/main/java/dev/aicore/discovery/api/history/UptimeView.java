package dev.aicore.discovery.api.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How available a service was in a window of time.
 *
 * @param availability share of the window in which it had a healthy instance, 0 to 1
 * @param instances those that were there in the window, ordered by id
 */
public record UptimeView(
        String serviceName, Instant from, Instant to, double availability, List<InstanceUptime> instances) {

    public UptimeView {
        instances = List.copyOf(instances);
    }

    /**
     * How available one instance was.
     *
     * @param availability share of the time that it should have been healthy, 0 to 1: neither what it was in maintenance or draining
     *     counts, nor what it wasn't there; null if there is no such time
     * @param seconds how long it had each status; those that it never had are left out
     * @param outages how often it stopped being available, one that began before the window included
     * @param flaps how often it turned from healthy to something else by itself
     * @param mttrSeconds how long the outages took in the mean that ended; null if none did
     * @param status what it was at the end; null if it wasn't there any more
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
