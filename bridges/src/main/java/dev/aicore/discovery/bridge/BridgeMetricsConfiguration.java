package dev.aicore.discovery.bridge;

import dev.aicore.discovery.bridge.sync.BridgeWorker;
import dev.aicore.discovery.config.telemetry.MetricFamily;
import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the metrics of bridges. Their labels are names of the settings. Without bridges, they have no samples. */
@Configuration(proxyBeanMethods = false)
class BridgeMetricsConfiguration {

    private static final String PREFIX = "service_discovery_bridge_";
    private static final double MILLIS = 1_000;

    @Bean
    MetricFamily bridgeRunning(BridgeService service) {
        return new MetricFamily(
                PREFIX + "running",
                Kind.GAUGE,
                "Bridges by name: 1 if both sides are kept equal, 0 if connecting, frozen, blocked or paused.",
                () -> samples(service, bridge -> bridge.status().state().equals("running") ? 1 : 0, Map.of()));
    }

    @Bean
    MetricFamily bridgeInstances(BridgeService service) {
        return new MetricFamily(
                PREFIX + "instances",
                Kind.GAUGE,
                "Instances that a bridge has brought, by direction: in is here, out is on the other side.",
                () -> both(
                        samples(service, bridge -> bridge.status().imported(), Map.of("direction", "in")),
                        samples(service, bridge -> bridge.status().exported(), Map.of("direction", "out"))));
    }

    @Bean
    MetricFamily bridgeWrites(BridgeService service) {
        return new MetricFamily(
                PREFIX + "writes_total",
                Kind.COUNTER,
                "Registrations, changes and removals by a bridge, by direction.",
                () -> both(
                        samples(service, bridge -> bridge.counts().imports(), Map.of("direction", "in")),
                        samples(service, bridge -> bridge.counts().exports(), Map.of("direction", "out"))));
    }

    @Bean
    MetricFamily bridgeRefusals(BridgeService service) {
        return new MetricFamily(
                PREFIX + "refusals_total",
                Kind.COUNTER,
                "Writes of a bridge that this registry refused.",
                () -> samples(service, bridge -> bridge.counts().refusals(), Map.of()));
    }

    @Bean
    MetricFamily bridgeLag(BridgeService service) {
        return new MetricFamily(
                PREFIX + "lag_seconds",
                Kind.GAUGE,
                "Time that the last change of the other side took until it was applied here.",
                () -> samples(
                        service,
                        bridge -> {
                            var lag = bridge.status().lagMs();
                            return lag == null ? 0 : lag / MILLIS;
                        },
                        Map.of()));
    }

    private static List<Sample> samples(
            BridgeService service, ToDoubleFunction<BridgeWorker> number, Map<String, String> labels) {
        return service.numbers(number).stream()
                .map(found -> new Sample(labels(found.bridge(), labels), found.value()))
                .toList();
    }

    private static Map<String, String> labels(String bridge, Map<String, String> others) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("bridge", bridge);
        labels.putAll(others);
        return labels;
    }

    private static List<Sample> both(List<Sample> in, List<Sample> out) {
        return Stream.concat(in.stream(), out.stream()).toList();
    }
}
