package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.ClientStatus;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** Reads the lists of the client. The first lookup of a service waits for its list, later ones never. */
final class RegistryDiscoveryClient implements DiscoveryClient {
    static final String DESCRIPTION = "Service discovery with pushed lists";

    private final ServiceLookup services;
    private final ServiceNames names;
    private final Supplier<ClientStatus> status;

    RegistryDiscoveryClient(ServiceLookup services, ServiceNames names, Supplier<ClientStatus> status) {
        this.services = services;
        this.names = names;
        this.status = status;
    }

    @Override
    public String description() {
        return DESCRIPTION;
    }

    @Override
    public List<ServiceInstance> getInstances(String serviceId) {
        var service = services.service(serviceId);
        if (!ServiceLookup.hasList(service)) {
            services.awaitList(service);
        }
        return ServiceLookup.instances(service.instances());
    }

    @Override
    public List<String> getServices() {
        return names.get();
    }

    /** Fails if the watch is interrupted. Sends nothing. */
    @Override
    public void probe() {
        requireConnected(status.get());
    }

    static void requireConnected(ClientStatus status) {
        if (!status.connected()) {
            throw new IllegalStateException("No node of the registry is connected; last one: " + status.node());
        }
    }
}
