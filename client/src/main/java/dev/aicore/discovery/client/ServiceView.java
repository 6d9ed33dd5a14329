package dev.aicore.discovery.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable list of a service at a position.
 *
 * @param name name of the service
 * @param instances all present instances of any status, ordered by id
 * @param eligible instances that can be picked and match the filters, ordered by id; instances that are overdue or on
 * trial are excluded
 * @param doubtful instances that are overdue or have a half-open circuit breaker: picked if no other can be, or for
 * trials
 * @param panic whether so few instances are healthy that unhealthy ones are eligible, too
 * @param position position that the list reflects; 0 before the first list
 * @param confirmedAt when the registry last confirmed the list; null before the first list
 */
public record ServiceView(
        String name,
        List<RegisteredInstance> instances,
        List<RegisteredInstance> eligible,
        List<RegisteredInstance> doubtful,
        boolean panic,
        long position,
        @Nullable Instant confirmedAt) {

    public ServiceView {
        instances = List.copyOf(instances);
        eligible = List.copyOf(eligible);
        doubtful = List.copyOf(doubtful);
    }
}
