package dev.aicore.discovery.query.status;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.config.telemetry.PrometheusExporter;
import dev.aicore.discovery.web.QueryParameters;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Answers scrapes of Prometheus. The path is a setting, so the route is mapped where the controller is created. */
final class MetricsController {

    static final Method ANSWER = Objects.requireNonNull(
            ReflectionUtils.findMethod(MetricsController.class, "metrics", QueryParameters.class, Caller.class));

    /** Metrics of check targets. A caller that may have any address checked could use them to find open ports there. */
    private static final List<String> TARGET_METRICS =
            List.of("service_discovery_health_check_duration_seconds", "service_discovery_health_check_failures_total");

    private static final MediaType TEXT = MediaType.parseMediaType(PrometheusExporter.MEDIA_TYPE);

    private final PrometheusExporter prometheusExporter;
    private final RegistryMetrics metrics;

    MetricsController(PrometheusExporter prometheusExporter, RegistryMetrics metrics) {
        this.prometheusExporter = prometheusExporter;
        this.metrics = metrics;
    }

    Mono<ResponseEntity<byte[]>> metrics(QueryParameters queryParameters, Caller caller) {
        queryParameters.validate();
        boolean all = caller.isGranted(Permission.CHECK_DETAIL);
        return metrics.refresh()
                .then(Mono.fromSupplier(() ->
                                all ? prometheusExporter.scrape() : prometheusExporter.textWithout(TARGET_METRICS))
                        .subscribeOn(Schedulers.boundedElastic()))
                .map(text -> ResponseEntity.ok()
                        .contentType(TEXT)
                        .cacheControl(CacheControl.noStore())
                        .body(text.getBytes(StandardCharsets.UTF_8)));
    }
}
