package dev.aicore.discovery.spring.loadbalancer;

import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.spring.cloud.ServiceLookup;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Present list of a service, read when it is first needed. Suppliers around ours copy what they change, so that this
 * type means an unfiltered list, from which the client picks without it. For one choice, on one thread.
 */
final class SuppliedList extends AbstractList<ServiceInstance> {
    private final Service service;
    private @Nullable List<ServiceInstance> instances;

    SuppliedList(Service service) {
        this.service = service;
    }

    Service service() {
        return service;
    }

    private List<ServiceInstance> instances() {
        var read = instances;
        if (read == null) {
            read = ServiceLookup.instances(service.instances());
            instances = read;
        }
        return read;
    }

    @Override
    public ServiceInstance get(int index) {
        return instances().get(index);
    }

    @Override
    public int size() {
        return instances().size();
    }
}
