package dev.aicore.discovery.dialect.prometheus;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.QueryParameters;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Lists targets for Prometheus' {@code http_sd}. Prometheus accepts no other content type than {@code
 * application/json}, no envelope, and no part of a list. It keeps its targets if the answer is an error.
 */
@RestController
final class PrometheusTargetsController {

    private final RegistrySnapshotService registry;

    PrometheusTargetsController(RegistrySnapshotService registry) {
        this.registry = registry;
    }

    /** JSON of all targets, which most requests ask for. */
    private static final class AllTargets {
        private final byte[] json;

        AllTargets(RegistrySnapshot registry) {
            this.json = serialize(registry, TargetFilter.ALL);
        }
    }

    @GetMapping(path = "/api/v1/prometheus/targets", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<byte[]>> list(QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        var filter = TargetFilter.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, request.getHeaders());
        queryParameters.validate();
        return (asOf == null ? registry.current(caller) : registry.asOf(asOf, caller))
                .map(found -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(json(found, filter)));
    }

    private static byte[] json(RegistrySnapshot found, TargetFilter filter) {
        return filter.equals(TargetFilter.ALL)
                ? found.derive(AllTargets.class, AllTargets::new).json
                : serialize(found, filter);
    }

    private static byte[] serialize(RegistrySnapshot found, TargetFilter filter) {
        List<PrometheusTarget> targets = found.services().stream()
                .flatMap(service -> service.instances().stream())
                .filter(filter::match)
                .map(instance -> PrometheusTarget.of(instance, filter.portKey()))
                .toList();
        return ApiJson.mapper().writeValueAsBytes(targets);
    }
}
