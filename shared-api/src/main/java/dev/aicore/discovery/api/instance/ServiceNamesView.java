package dev.aicore.discovery.api.instance;

import java.util.List;
import java.util.Map;

/** A page of the services that have present instances, ordered by name. */
public record ServiceNamesView(List<ServiceName> services) {
    public ServiceNamesView {
        services = List.copyOf(services);
    }

    /**
     * A service that has present instances.
     *
     * @param instances how many, at least 1
     * @param byStatus how many of them have each status; all statuses are there
     */
    public record ServiceName(String name, long instances, Map<String, Long> byStatus) {}
}
