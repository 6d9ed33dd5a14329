package dev.aicore.discovery.spring.actuate;

import dev.aicore.discovery.client.ClientStatus;
import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.Service;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Endpoint {@code discovery}: the state of the client, and the lists that calls are distributed by. */
@Endpoint(id = "discovery")
final class DiscoveryEndpoint {
    private final Supplier<ClientStatus> client;
    private final Function<String, Service> services;

    DiscoveryEndpoint(Supplier<ClientStatus> client, Function<String, Service> services) {
        this.client = client;
        this.services = services;
    }

    /** Returns the state of the client with all watched services. */
    @ReadOperation
    ClientStatus status() {
        return client.get();
    }

    /** Returns the list of a watched service; null, which is 404, for others. */
    @ReadOperation
    @Nullable
    Map<String, List<RegisteredInstance>> service(@Selector String service) {
        if (client.get().services().stream().noneMatch(watched -> watched.name().equals(service))) {
            return null;
        }
        var view = services.apply(service).view();
        return Map.of("instances", view.instances(), "eligible", view.eligible(), "doubtful", view.doubtful());
    }
}
