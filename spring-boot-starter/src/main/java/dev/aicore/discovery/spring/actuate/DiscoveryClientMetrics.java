package dev.aicore.discovery.spring.actuate;

import dev.aicore.discovery.client.ClientStatus;
import dev.aicore.discovery.client.ClientStatus.ServiceStatus;
import dev.aicore.discovery.client.Freshness;
import dev.aicore.discovery.client.RegistrationStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Metrics of the client. Labels are names of services and states, never ids of instances. */
final class DiscoveryClientMetrics implements MeterBinder {
    private static final String PREFIX = "service.discovery.client.";

    private final Supplier<ClientStatus> client;

    DiscoveryClientMetrics(Supplier<ClientStatus> client) {
        this.client = client;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        var instances = MultiGauge.builder(PREFIX + "instances")
                .description("Instances of the watched services")
                .register(registry);
        // Services are watched at any time. The rows follow whenever the metrics are read.
        Gauge.builder(PREFIX + "services", () -> services(instances))
                .description("Watched services")
                .register(registry);
        Gauge.builder(PREFIX + "stale.services", () -> stale(client.get()))
                .description("Watched services whose list isn't confirmed at present")
                .register(registry);
        Gauge.builder(PREFIX + "connected", () -> client.get().connected() ? 1 : 0)
                .description("1 if every watch is connected")
                .register(registry);
        TimeGauge.builder(PREFIX + "stream.age", () -> streamAgeMillis(client.get()), TimeUnit.MILLISECONDS)
                .description("Time since the registry was last heard")
                .register(registry);
        FunctionCounter.builder(
                        PREFIX + "reconnects", client, status -> status.get().reconnects())
                .description("Watches that had to be resumed")
                .register(registry);
        Gauge.builder(PREFIX + "ready.registrations", () -> ready(client.get()))
                .description("Registrations of this process whose heartbeats report it as healthy")
                .register(registry);
    }

    private int services(MultiGauge instances) {
        var services = client.get().services();
        instances.register(
                services.stream().flatMap(DiscoveryClientMetrics::rows).toList(), true);
        return services.size();
    }

    private static Stream<MultiGauge.Row<?>> rows(ServiceStatus service) {
        return Stream.of(
                row(service, "present", service.instances()),
                row(service, "eligible", service.eligible()),
                row(service, "ejected", service.ejected()));
    }

    private static MultiGauge.Row<?> row(ServiceStatus service, String state, int number) {
        return MultiGauge.Row.of(Tags.of("service", service.name(), "state", state), number);
    }

    private static long stale(ClientStatus status) {
        return status.services().stream()
                .filter(service -> service.freshness() == Freshness.STALE || service.freshness() == Freshness.MISSING)
                .count();
    }

    private static double streamAgeMillis(ClientStatus status) {
        return status.lastHeard() == null ? Double.NaN : status.lastHeard().toMillis();
    }

    private static long ready(ClientStatus status) {
        return status.registrations().stream().filter(RegistrationStatus::ready).count();
    }
}
