package dev.aicore.discovery.spring.actuate;

import dev.aicore.discovery.client.ClientStatus;
import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.RegistryRequestException;
import dev.aicore.discovery.client.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
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
    private final BiFunction<String, String, Map<String, @Nullable Object>> explanations;

    /** @param explanations requests the registry's explanation of an instance of a service; blocks */
    DiscoveryEndpoint(
            Supplier<ClientStatus> client,
            Function<String, Service> services,
            BiFunction<String, String, Map<String, @Nullable Object>> explanations) {
        this.client = client;
        this.services = services;
        this.explanations = explanations;
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

    /**
     * Returns why the registry has an instance discovered or not, and whether this process can pick it; if the registry
     * doesn't answer, the reason.
     */
    @ReadOperation
    Map<String, @Nullable Object> instance(@Selector String service, @Selector String id) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put(
                "eligible",
                services.apply(service).view().eligible().stream()
                        .anyMatch(instance -> instance.id().equals(id)));
        try {
            answer.put("explanation", explanations.apply(service, id));
        } catch (RegistryRequestException e) {
            answer.put("error", e.getMessage());
        }
        return answer;
    }
}
