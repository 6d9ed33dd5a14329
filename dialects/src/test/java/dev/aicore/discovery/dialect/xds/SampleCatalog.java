package dev.aicore.discovery.dialect.xds;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.testing.DeclarationBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Catalog of services on loopback ports. */
record SampleCatalog(Map<String, ServiceResources> services) implements XdsCatalog {

    private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");

    static final SampleCatalog EMPTY = new SampleCatalog(Map.of());

    /** Returns this catalog with a service that has instances on the given ports. */
    SampleCatalog with(String service, int... ports) {
        return withInstances(
                service,
                IntStream.of(ports)
                        .mapToObj(port -> instance(DeclarationBuilder.aDeclaration(service)
                                .address("127.0.0.1")
                                .port(port)))
                        .toList());
    }

    SampleCatalog withInstances(String service, List<InstanceView> instances) {
        var more = new HashMap<>(services);
        more.put(service, new ServiceResources(service, instances));
        return new SampleCatalog(more);
    }

    static InstanceView instance(DeclarationBuilder declaration) {
        var declared = declaration.build();
        return InstanceView.of(
                declared.name() + "-" + declared.port(),
                "default",
                "owner",
                declared,
                30,
                new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, HealthState.HEALTHY, BreakerState.CLOSED),
                new InstanceLifecycle(1, AT, AT, null, 1));
    }

    @Override
    public Collection<String> names(XdsResourceType type) {
        return services.keySet();
    }

    @Override
    public @Nullable XdsResource find(XdsResourceType type, String name) {
        return services.getOrDefault(name, new ServiceResources(name, List.of()))
                .find(type);
    }
}
