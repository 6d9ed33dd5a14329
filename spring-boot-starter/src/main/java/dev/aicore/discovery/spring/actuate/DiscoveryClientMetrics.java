package dev.aicore.discovery.spring.actuate;

import dev.aicore.discovery.client.ClientCounts;
import dev.aicore.discovery.client.ClientStatus;
import dev.aicore.discovery.client.ClientStatus.PickCounts;
import dev.aicore.discovery.client.ClientStatus.ServiceStatus;
import dev.aicore.discovery.client.Freshness;
import dev.aicore.discovery.client.RegistrationStatus;
import dev.aicore.discovery.client.ServiceChange;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Metrics of the client. Labels are names of services and states, never ids of instances. */
final class DiscoveryClientMetrics implements MeterBinder {
    private static final String PREFIX = "service.discovery.client.";

    private final Supplier<ClientStatus> client;
    private final Set<String> counted = ConcurrentHashMap.newKeySet();

    DiscoveryClientMetrics(Supplier<ClientStatus> client) {
        this.client = client;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        var instances = MultiGauge.builder(PREFIX + "instances")
                .description("Instances of the watched services")
                .register(registry);
        // Services are watched at any time. The rows follow whenever the metrics are read.
        Gauge.builder(PREFIX + "services", () -> services(instances, registry))
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
        for (var cause : ClientCounts.Interruption.values()) {
            counter("reconnects", counts -> counts.reconnects().get(cause))
                    .tag("reason", tag(cause))
                    .description("Watches that had to be resumed")
                    .register(registry);
        }
        for (var type : ServiceChange.Type.values()) {
            counter("changes", counts -> counts.changes().get(type))
                    .tag("type", tag(type))
                    .description("Changes that the lists have")
                    .register(registry);
        }
        for (var outcome : ClientCounts.HeartbeatOutcome.values()) {
            counter("heartbeats", counts -> counts.heartbeats().get(outcome))
                    .tag("outcome", tag(outcome))
                    .description("Heartbeats of the registrations of this process")
                    .register(registry);
        }
        FunctionTimer.builder(
                        PREFIX + "delay",
                        client,
                        status -> status.get().counts().timedChanges(),
                        status -> status.get().counts().totalDelay().toMillis(),
                        TimeUnit.MILLISECONDS)
                .description("Time from a change, by the registry's clock, until it is in the list")
                .register(registry);
        Gauge.builder(PREFIX + "ready.registrations", () -> ready(client.get()))
                .description("Registrations of this process whose heartbeats report it as healthy")
                .register(registry);
    }

    private FunctionCounter.Builder<Supplier<ClientStatus>> counter(
            String name, Function<ClientCounts, @Nullable Long> count) {
        return FunctionCounter.builder(PREFIX + name, client, status -> {
            var counted = count.apply(status.get().counts());
            return counted == null ? 0 : counted;
        });
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private int services(MultiGauge instances, MeterRegistry registry) {
        var services = client.get().services();
        services.stream().map(ServiceStatus::name).filter(counted::add).forEach(name -> {
            picks(name, "succeeded", PickCounts::succeeded).register(registry);
            picks(name, "failed", PickCounts::failed).register(registry);
            picks(name, "none", PickCounts::none).register(registry);
        });
        instances.register(
                services.stream().flatMap(DiscoveryClientMetrics::rows).toList(), true);
        return services.size();
    }

    private FunctionCounter.Builder<Supplier<ClientStatus>> picks(
            String service, String outcome, ToDoubleFunction<PickCounts> count) {
        return FunctionCounter.builder(
                        PREFIX + "picks",
                        client,
                        status -> status.get().services().stream()
                                .filter(known -> known.name().equals(service))
                                .mapToDouble(known -> count.applyAsDouble(known.picks()))
                                .sum())
                .tags("service", service, "outcome", outcome)
                .description("Picks by the outcomes of their calls");
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
