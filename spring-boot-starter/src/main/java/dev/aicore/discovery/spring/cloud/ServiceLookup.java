package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.Freshness;
import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.client.ServiceOptions;
import dev.aicore.discovery.spring.RegistryProperties;
import dev.aicore.discovery.spring.RegistryProperties.LoadBalancer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/** Services by name, with the options that the properties state for them. */
public final class ServiceLookup {
    private final BiFunction<String, ServiceOptions, Service> client;
    private final LoadBalancer balancing;
    private final @Nullable String ownZone;
    private final Duration firstAnswer;
    private final Map<String, Service> services = new ConcurrentHashMap<>();

    /**
     * Creates the services.
     *
     * @param client returns a service with its options, and starts to watch it
     * @param ownZone zone of this process; null if unknown
     */
    public ServiceLookup(
            BiFunction<String, ServiceOptions, Service> client,
            RegistryProperties properties,
            @Nullable String ownZone) {
        this.client = client;
        this.balancing = properties.loadBalancer();
        this.ownZone = ownZone;
        this.firstAnswer = properties.discovery().firstAnswer();
    }

    /** Returns a service, and starts to watch it unless it is watched. */
    public Service service(String name) {
        var known = services.get(name);
        return known == null ? services.computeIfAbsent(name, first -> client.apply(first, options(first))) : known;
    }

    /** Returns the header of requests whose value selects the instance; null for none. */
    public @Nullable String hashHeader(String name) {
        var own = balancing.services().get(name);
        return own == null || own.hashHeader() == null ? balancing.hashHeader() : own.hashHeader();
    }

    /** Returns false if {@link #awaitList} might wait. */
    public static boolean hasList(Service service) {
        return service.freshness() != Freshness.MISSING;
    }

    /** Waits for the first list at most as long as a first call may. */
    public void awaitList(Service service) {
        try {
            service.awaitList(firstAnswer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the present list in Spring Cloud's terms. */
    public static List<ServiceInstance> instances(List<RegisteredInstance> instances) {
        return instances.stream()
                .<ServiceInstance>map(RegistryServiceInstance::new)
                .toList();
    }

    private ServiceOptions options(String name) {
        var own = balancing.services().get(name);
        boolean prefersZone = balancing.zonePreference();
        if (own != null && own.zonePreference() != null) {
            prefersZone = own.zonePreference();
        }
        var options = ServiceOptions.defaults()
                .strategy(balancing.strategy())
                .subset(balancing.subset())
                .zone(prefersZone ? ownZone : null);
        if (own == null) {
            return options;
        }
        options = options.strategy(Objects.requireNonNullElse(own.strategy(), balancing.strategy()))
                .subset(Objects.requireNonNullElse(own.subset(), balancing.subset()))
                .version(own.version());
        for (var tag : own.tags()) {
            options = options.tag(tag);
        }
        for (var pair : own.metadata().entrySet()) {
            options = options.metadata(pair.getKey(), pair.getValue());
        }
        return options;
    }
}
