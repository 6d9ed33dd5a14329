package dev.aicore.discovery.dialect.xds;

import dev.aicore.discovery.query.discovery.DiscoverableInstances;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.ServiceInstances;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Catalog of a snapshot of the registry. Resources are built when a stream wants them first. Thread-safe. */
final class RegistryXdsCatalog implements XdsCatalog {

    private final RegistrySnapshot registry;
    private final DiscoverableInstances discoverable;
    private final Map<String, BuiltResources> built = new HashMap<>();

    private record BuiltResources(ServiceInstances of, ServiceResources resources) {}

    private RegistryXdsCatalog(RegistrySnapshot registry, DiscoverableInstances discoverable) {
        this.registry = registry;
        this.discoverable = discoverable;
    }

    /**
     * Creates a catalog.
     *
     * @param before catalog whose resources of unchanged services are used; null for none
     */
    @SuppressWarnings("ReferenceEquality") // a service keeps its object until it changes
    static RegistryXdsCatalog of(
            RegistrySnapshot registry, DiscoverableInstances discoverable, @Nullable RegistryXdsCatalog before) {
        var catalog = new RegistryXdsCatalog(registry, discoverable);
        if (before != null) {
            synchronized (before) {
                before.built.forEach((name, known) -> {
                    if (registry.service(name) == known.of()) {
                        catalog.built.put(name, known);
                    }
                });
            }
        }
        return catalog;
    }

    @Override
    public Collection<String> names(XdsResourceType type) {
        return registry.services().stream().map(ServiceInstances::name).toList();
    }

    @Override
    public synchronized @Nullable XdsResource find(XdsResourceType type, String name) {
        var service = registry.service(name);
        if (service.instances().isEmpty()) {
            // Not kept: clients can name arbitrary services.
            return new ServiceResources(name, service.instances()).find(type);
        }
        return built.computeIfAbsent(
                        name,
                        _ -> new BuiltResources(
                                service,
                                new ServiceResources(name, discoverable.of(service.instances(), service.index()))))
                .resources()
                .find(type);
    }
}
