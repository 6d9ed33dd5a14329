package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.ClientStatus;
import java.util.function.Supplier;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads the lists of the client. What may block runs on bounded elastic threads. */
final class RegistryReactiveDiscoveryClient implements ReactiveDiscoveryClient {
    private final ServiceLookup services;
    private final ServiceNames names;
    private final Supplier<ClientStatus> status;

    RegistryReactiveDiscoveryClient(ServiceLookup services, ServiceNames names, Supplier<ClientStatus> status) {
        this.services = services;
        this.names = names;
        this.status = status;
    }

    @Override
    public String description() {
        return RegistryDiscoveryClient.DESCRIPTION;
    }

    @Override
    public Flux<ServiceInstance> getInstances(String serviceId) {
        return Flux.defer(() -> {
            var service = services.service(serviceId);
            var list = Flux.defer(() -> Flux.fromIterable(ServiceLookup.instances(service.instances())));
            return ServiceLookup.hasList(service)
                    ? list
                    : Mono.fromRunnable(() -> services.awaitList(service))
                            .subscribeOn(Schedulers.boundedElastic())
                            .thenMany(list);
        });
    }

    @Override
    public Flux<String> getServices() {
        return Mono.fromCallable(names::get)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMapIterable(list -> list);
    }

    @Override
    public Mono<Void> reactiveProbe() {
        return Mono.fromRunnable(() -> RegistryDiscoveryClient.requireConnected(status.get()));
    }
}
