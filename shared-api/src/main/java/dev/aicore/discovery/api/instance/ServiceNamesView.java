package dev.aicore.discovery.api.instance;

import java.util.List;
import java.util.Map;

/** Page of the services that have present instances, ordered by name. */
public record ServiceNamesView(List<ServiceName> services) {
    public ServiceNamesView {
        services = List.copyOf(services);
    }

    /**
     * Service with present instances.
     *
     * @param instances number of present instances, at least 1
     * @param byStatus number of instances by status; contains every status
     */
    public record ServiceName(String name, long instances, Map<String, Long> byStatus) {}
}
