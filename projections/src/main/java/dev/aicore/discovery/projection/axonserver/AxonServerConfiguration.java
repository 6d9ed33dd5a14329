package dev.aicore.discovery.projection.axonserver;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.api.status.NodeInfo;
import dev.aicore.discovery.config.settings.AxonServerSettings;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.telemetry.MetricFamily;
import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.ProjectionRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the export of facts to Axon Server. Without servers, no class of the connector is loaded. */
@Configuration(proxyBeanMethods = false)
public class AxonServerConfiguration {

    private static final String PREFIX = "service_discovery_axon_server_";

    @Bean
    FactExportHolder factExportHolder(
            AxonServerSettings settings, NodeInfo node, ProjectionRuntime projectionRuntime, TimeSource time) {
        if (settings.servers().isEmpty()) {
            return new FactExportHolder(null);
        }
        var worker = new FactExportWorker(settings, node.name(), projectionRuntime.store(), time);
        worker.start();
        return new FactExportHolder(worker);
    }

    @Bean
    StatusSource axonServerStatus(FactExportHolder holder) {
        return () -> holder.worker()
                .<List<ComponentStatus>>map(worker -> List.of(worker.status()))
                .orElse(List.of());
    }

    @Bean
    MetricFamily axonServerConnected(FactExportHolder holder) {
        return new MetricFamily(
                PREFIX + "running",
                Kind.GAUGE,
                "1 if this node exports facts to Axon Server, 0 if it can't at present or another node does.",
                () -> sample(holder, worker -> worker.status().state().equals("running") ? 1 : 0));
    }

    @Bean
    MetricFamily axonServerLag(FactExportHolder holder) {
        return new MetricFamily(
                PREFIX + "lag",
                Kind.GAUGE,
                "Positions between the last fact of the store and the last exported one.",
                () -> sample(holder, worker -> worker.status().lag()));
    }

    @Bean
    MetricFamily axonServerFacts(FactExportHolder holder) {
        return new MetricFamily(
                PREFIX + "facts_total",
                Kind.COUNTER,
                "Facts that were exported to Axon Server, by result: appended, or found there after a repeated append.",
                () -> holder.worker()
                        .map(FactExportWorker::counters)
                        .map(counters -> List.of(
                                new Sample(Map.of("result", "appended"), counters.exported()),
                                new Sample(Map.of("result", "found"), counters.alreadyThere())))
                        .orElse(List.of()));
    }

    @Bean
    MetricFamily axonServerRestarts(FactExportHolder holder) {
        return new MetricFamily(
                PREFIX + "restarts_total",
                Kind.COUNTER,
                "Exports that began again at the first fact: the store was restored, or the context lacks events.",
                () -> sample(holder, worker -> worker.counters().restarts()));
    }

    @Bean
    MetricFamily axonServerFailures(FactExportHolder holder) {
        return new MetricFamily(
                PREFIX + "failures_total",
                Kind.COUNTER,
                "Failed exports of a page of facts, by reason. Each is retried.",
                () -> holder.worker().stream()
                        .flatMap(worker -> worker.failures().entrySet().stream())
                        .map(failure ->
                                new Sample(Map.of("reason", failure.getKey().label()), failure.getValue()))
                        .toList());
    }

    private static List<Sample> sample(FactExportHolder holder, ToDoubleFunction<FactExportWorker> number) {
        return holder.worker()
                .map(worker -> List.of(new Sample(Map.of(), number.applyAsDouble(worker))))
                .orElse(List.of());
    }

    /** Holds the export of this node, if there is one, and ends it with the node. */
    record FactExportHolder(@Nullable FactExportWorker nullableWorker) implements DisposableBean {

        Optional<FactExportWorker> worker() {
            return Optional.ofNullable(nullableWorker);
        }

        @Override
        public void destroy() {
            worker().ifPresent(FactExportWorker::close);
        }
    }
}
