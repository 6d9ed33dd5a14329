package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.ComponentStatus.Breaker;
import dev.aicore.discovery.api.status.ComponentStatus.Shards;
import dev.aicore.discovery.api.status.RegistryStatusView;
import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import dev.aicore.discovery.api.status.RegistryStatusView.Projection;
import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.api.status.RegistryStatusView.Store;
import dev.aicore.discovery.config.telemetry.MetricFamily;
import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the metrics of this node's parts, with the values of {@code GET /api/v1/status}. Their labels are names of
 * the registry's own parts, so that no caller can add one.
 */
@Configuration(proxyBeanMethods = false)
class StatusMetricsConfiguration {

    @Bean
    MetricFamily readyChecks(RegistryMetrics metrics) {
        return gauge(
                "service_discovery_check_ready",
                "Dependencies that the node requires, by name: 1 if ready, 0 if not.",
                () -> metrics.samples(
                        status -> labelled(status.checks(), "check", Check::name, check -> check.ready() ? 1 : 0)));
    }

    @Bean
    MetricFamily openBreakers(RegistryMetrics metrics) {
        return gauge(
                "service_discovery_circuit_breaker_open",
                "Circuit breakers in front of stores, by name: 1 if open, 0.5 during trial calls, 0 if closed.",
                () -> metrics.samples(status ->
                        labelled(status.breakers(), "name", Breaker::name, StatusMetricsConfiguration::openness)));
    }

    @Bean
    MetricFamily storePosition(RegistryMetrics metrics) {
        return gauge(
                "service_discovery_store_position",
                "Position of the last event of the store.",
                () -> metrics.samples(status -> ofStore(status, Store::position)));
    }

    @Bean
    MetricFamily projectionLag(RegistryMetrics metrics) {
        return gauge(
                "service_discovery_projection_lag_events",
                "Events that a read model doesn't contain yet.",
                () -> metrics.samples(
                        status -> labelled(status.projections(), "projection", Projection::name, Projection::lag)));
    }

    @Bean
    MetricFamily failedProjections(RegistryMetrics metrics) {
        return gauge(
                "service_discovery_projection_failed",
                "Projections of this node: 1 if failed, 0 if not.",
                () -> metrics.samples(status -> labelled(
                        status.projections().stream()
                                .filter(projection -> projection.state() != null)
                                .toList(),
                        "projection",
                        Projection::name,
                        projection -> String.valueOf(projection.state()).startsWith("failed") ? 1 : 0)));
    }

    @Bean
    MetricFamily openShards(RegistryMetrics metrics) {
        return gauge(
                "service_discovery_shards_open",
                "Shards that this node decides for.",
                () -> metrics.samples(status -> ofShards(status, Shards::open)));
    }

    @Bean
    MetricFamily failedShards(RegistryMetrics metrics) {
        return gauge(
                "service_discovery_shards_failed",
                "Shards that couldn't be loaded; writes to their services are refused.",
                () -> metrics.samples(
                        status -> ofShards(status, shards -> shards.failed().size())));
    }

    @Bean
    MetricFamily preservingServices(RegistryMetrics metrics) {
        return gauge(
                "service_discovery_preserving_services",
                "Services in self-preservation.",
                () -> metrics.count(Registry::preservingServices));
    }

    private static MetricFamily gauge(String name, String help, Supplier<List<Sample>> samples) {
        return new MetricFamily(name, Kind.GAUGE, help, samples);
    }

    private static double openness(Breaker breaker) {
        return switch (breaker.state()) {
            case "closed" -> 0;
            case "half_open" -> 0.5;
            default -> 1;
        };
    }

    private static List<Sample> ofStore(RegistryStatusView status, ToDoubleFunction<Store> value) {
        Store store = status.store();
        return store == null ? List.of() : List.of(new Sample(Map.of(), value.applyAsDouble(store)));
    }

    private static List<Sample> ofShards(RegistryStatusView status, ToDoubleFunction<Shards> value) {
        Shards shards = status.shards();
        return shards == null ? List.of() : List.of(new Sample(Map.of(), value.applyAsDouble(shards)));
    }

    private static <T> List<Sample> labelled(
            List<T> parts, String label, Function<T, String> name, ToDoubleFunction<T> value) {
        return parts.stream()
                .map(part -> new Sample(Map.of(label, name.apply(part)), value.applyAsDouble(part)))
                .toList();
    }
}
