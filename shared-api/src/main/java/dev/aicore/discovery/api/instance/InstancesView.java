package dev.aicore.discovery.api.instance;

import java.util.List;

/** Page of instances, ordered by service and id. */
public record InstancesView(List<InstanceView> services) {
    public InstancesView {
        services = List.copyOf(services);
    }
}
