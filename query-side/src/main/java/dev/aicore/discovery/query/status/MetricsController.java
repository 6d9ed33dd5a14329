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
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Answers scrapes of Prometheus. The path is a setting, so the route is mapped where the controller is created. */
final class MetricsController {

    static final Method ANSWER = Objects.requireNonNull(ReflectionUtils.findMethod(
            MetricsController.class, "metrics", QueryParameters.class, Caller.class, ServerHttpRequest.class));

    /** Metrics of check targets. A caller that may have any address checked could use them to find open ports there. */
    private static final List<String> TARGET_METRICS =
            List.of("service_discovery_health_check_duration_seconds", "service_discovery_health_check_failures");

    private static final MediaType TEXT = MediaType.parseMediaType(PrometheusExporter.MEDIA_TYPE);
    private static final MediaType OPEN_METRICS = MediaType.parseMediaType(PrometheusExporter.OPEN_METRICS);

    private final PrometheusExporter prometheusExporter;
    private final RegistryMetrics metrics;

    MetricsController(PrometheusExporter prometheusExporter, RegistryMetrics metrics) {
        this.prometheusExporter = prometheusExporter;
        this.metrics = metrics;
    }

    Mono<ResponseEntity<byte[]>> metrics(QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        queryParameters.validate();
        boolean all = caller.isGranted(Permission.CHECK_DETAIL);
        boolean openMetrics = acceptsOpenMetrics(request);
        return metrics.refresh()
                .then(Mono.fromSupplier(
                                () -> prometheusExporter.textWithout(all ? List.of() : TARGET_METRICS, openMetrics))
                        .subscribeOn(Schedulers.boundedElastic()))
                .map(text -> ResponseEntity.ok()
                        .contentType(openMetrics ? OPEN_METRICS : TEXT)
                        .cacheControl(CacheControl.noStore())
                        .body(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns true if the caller names OpenMetrics, as Prometheus does; other callers get the text. */
    private static boolean acceptsOpenMetrics(ServerHttpRequest request) {
        try {
            return request.getHeaders().getAccept().stream()
                    .anyMatch(accepted -> accepted.getType().equals(OPEN_METRICS.getType())
                            && accepted.getSubtype().equals(OPEN_METRICS.getSubtype()));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }
}
