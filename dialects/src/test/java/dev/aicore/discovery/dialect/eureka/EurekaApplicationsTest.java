package dev.aicore.discovery.dialect.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.testing.DeclarationBuilder;
import dev.aicore.discovery.query.discovery.registry.ServiceInstances;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Applications that follow others, compared with those that are computed anew. */
class EurekaApplicationsTest {

    private static final List<HealthState> STATES = List.of(HealthState.values());
    private static final Instant REGISTERED = Instant.parse("2026-11-23T00:00:00Z");

    private final SortedMap<String, ServiceInstances> services = new TreeMap<>();
    private EurekaApplications applications = EurekaApplications.NONE;
    private int mapped;

    @Test
    void change_inARegistryOf10000Instances_mapsTheChangedInstanceOnly() {
        for (int service = 0; service < 999; service++) {
            for (int i = 0; i < 9; i++) {
                put("service-" + service, "s" + service + "-" + i, HealthState.HEALTHY);
            }
        }
        for (int i = 0; i < 1_009; i++) {
            put("large", "l%04d".formatted(i), HealthState.HEALTHY);
        }
        assertThat(mappedByNext()).isEqualTo(10_000);

        put("large", "l0500", HealthState.UNHEALTHY);
        assertThat(mappedByNext()).as("a change").isEqualTo(1);
        put("large", "l0500-a", HealthState.HEALTHY);
        assertThat(mappedByNext()).as("a registration").isEqualTo(1);
        remove("service-7", "s7-3");
        assertThat(mappedByNext()).as("a deregistration").isZero();
        put("new", "n", HealthState.HEALTHY);
        assertThat(mappedByNext()).as("a new service").isEqualTo(1);
        remove("new", "n");
        assertThat(mappedByNext()).as("the end of a service").isZero();
        assertThat(mappedByNext()).as("no change").isZero();
        assertThat(applications.hash()).isEqualTo("DOWN_1_UP_9999_");
    }

    @Test
    void applications_afterRandomChanges_equalThoseComputedAnew() {
        var random = new Random(7);
        // Two services differ in case only, so they are one application.
        var names = List.of("web", "Web", "db", "cache");
        for (int step = 0; step < 400; step++) {
            var name = names.get(random.nextInt(names.size()));
            var id = "i" + random.nextInt(6);
            if (random.nextInt(3) == 0) {
                remove(name, id);
            } else {
                put(name, id, STATES.get(random.nextInt(STATES.size())));
            }
            if (random.nextInt(3) == 0) {
                mappedByNext();
                assertEqual(applications, EurekaApplications.NONE.next(services.values(), EurekaEntry::of));
            }
        }
    }

    @Test
    void application_keepsItsObjectUntilItsServiceChanges() {
        put("web", "a", HealthState.HEALTHY);
        put("db", "b", HealthState.HEALTHY);
        mappedByNext();
        var web = applications.application("WEB");
        put("db", "c", HealthState.HEALTHY);
        mappedByNext();

        assertThat(applications.application("web")).isNotNull().isSameAs(web);
        put("web", "d", HealthState.HEALTHY);
        mappedByNext();
        assertThat(applications.application("web")).isNotSameAs(web);
    }

    private static void assertEqual(EurekaApplications actual, EurekaApplications expected) {
        assertThat(actual.listed()).isEqualTo(expected.listed());
        assertThat(actual.hash())
                .isEqualTo(expected.hash())
                .isEqualTo(EurekaApplications.hash(expected.listed().values()));
        for (var app : List.of("WEB", "DB", "CACHE")) {
            for (int i = 0; i < 6; i++) {
                assertThat(actual.find(app, "i" + i)).isEqualTo(expected.find(app, "i" + i));
            }
        }
    }

    /** Computes the next applications; returns how many instances that mapped. */
    private int mappedByNext() {
        mapped = 0;
        applications = applications.next(services.values(), view -> {
            mapped++;
            return EurekaEntry.of(view);
        });
        return mapped;
    }

    private void put(String service, String id, HealthState health) {
        var instances = without(service, id);
        instances.add(view(service, id, health));
        replace(service, instances);
    }

    private void remove(String service, String id) {
        replace(service, without(service, id));
    }

    private List<InstanceView> without(String service, String id) {
        var known = services.get(service);
        var instances = new ArrayList<InstanceView>(known == null ? List.of() : known.instances());
        instances.removeIf(instance -> instance.id().equals(id));
        return instances;
    }

    private void replace(String service, Collection<InstanceView> instances) {
        if (instances.isEmpty()) {
            services.remove(service);
        } else {
            services.put(
                    service,
                    new ServiceInstances(
                            service,
                            1,
                            1,
                            instances.stream()
                                    .sorted((one, other) -> one.id().compareTo(other.id()))
                                    .toList()));
        }
    }

    /** Returns an instance, whose lease is over if its health is that of starting. */
    private static InstanceView view(String service, String id, HealthState health) {
        return InstanceView.of(
                id,
                "default",
                "owner",
                DeclarationBuilder.aDeclaration(service)
                        .metadata(Map.of("k", "v"))
                        .build(),
                30,
                new InstanceState(
                        AdminState.ACTIVE,
                        health == HealthState.STARTING ? LeaseState.EXPIRED : LeaseState.LIVE,
                        health,
                        BreakerState.CLOSED),
                new InstanceLifecycle(1, REGISTERED, REGISTERED, null, 1));
    }
}
