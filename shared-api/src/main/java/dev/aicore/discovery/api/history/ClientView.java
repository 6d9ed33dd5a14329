package dev.aicore.discovery.api.history;

import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Instant;
import java.util.List;

/**
 * List that a client had of a service at a point in time.
 *
 * @param id id of the client's instance
 * @param serviceName service of the list
 * @param listPosition position of the list
 * @param confirmedAt time at which the list was last confirmed to the client
 * @param ageMs milliseconds between that confirmation and the point in time
 * @param reportPosition position of the observation by which the client reported the list
 * @param services instances of any status at the position of the list, ordered by id
 */
public record ClientView(
        String id,
        String serviceName,
        long listPosition,
        Instant confirmedAt,
        long ageMs,
        long reportPosition,
        List<InstanceView> services) {

    public ClientView {
        services = List.copyOf(services);
    }
}
