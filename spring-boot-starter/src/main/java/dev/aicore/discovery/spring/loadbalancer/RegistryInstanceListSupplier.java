package dev.aicore.discovery.spring.loadbalancer;

import dev.aicore.discovery.spring.cloud.ServiceLookup;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Supplies the client's present list. There is no cache above it: a cache by time would keep instances that are gone,
 * and forget the others during an outage of the registry.
 */
final class RegistryInstanceListSupplier implements ServiceInstanceListSupplier {
    private final String serviceId;
    private final ServiceLookup services;

    RegistryInstanceListSupplier(String serviceId, ServiceLookup services) {
        this.serviceId = serviceId;
        this.services = services;
    }

    @Override
    public String getServiceId() {
        return serviceId;
    }

    /** Supplies one list. Only the first one of a service is awaited, on another thread. */
    @Override
    public Flux<List<ServiceInstance>> get() {
        return Flux.defer(() -> {
            var service = services.service(serviceId);
            if (ServiceLookup.hasList(service)) {
                return Flux.just(new SuppliedList(service));
            }
            return Mono.fromCallable(() -> {
                        services.awaitList(service);
                        return (List<ServiceInstance>) new SuppliedList(service);
                    })
                    .subscribeOn(Schedulers.boundedElastic())
                    .flux();
        });
    }
}
