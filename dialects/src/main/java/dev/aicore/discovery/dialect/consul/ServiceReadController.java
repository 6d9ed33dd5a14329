package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.dialect.consul.ServiceAnswerWriter.AnswerKind;
import dev.aicore.discovery.dialect.consul.ServiceAnswerWriter.Selection;
import dev.aicore.discovery.dialect.consul.ServiceContentReader.ServiceContent;
import dev.aicore.discovery.query.discovery.counts.DiscoveryCounter;
import dev.aicore.discovery.web.ImmediateMono;
import dev.aicore.discovery.web.ResponseTimeoutFilter;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves the reads of one service, which clients may wait for. */
@RestController
@RequestMapping("/v1")
final class ServiceReadController {

    private final ServiceContentReader reader;
    private final ServiceAnswerWriter writer;
    private final ConsulNode node;
    private final DialectMetrics metrics;
    private final DiscoveryCounter counter;

    ServiceReadController(
            ServiceContentReader reader,
            ServiceAnswerWriter writer,
            ConsulNode node,
            DialectMetrics metrics,
            DiscoveryCounter counter) {
        this.reader = reader;
        this.writer = writer;
        this.node = node;
        this.metrics = metrics;
        this.counter = counter;
    }

    @GetMapping("/health/service/{service_name}")
    Mono<ResponseEntity<byte[]>> health(
            @PathVariable("service_name") String service, Caller caller, ServerHttpRequest request) {
        return answer("health_service", AnswerKind.HEALTH, service, caller, request);
    }

    @GetMapping("/health/checks/{service_name}")
    Mono<ResponseEntity<byte[]>> checks(
            @PathVariable("service_name") String service, Caller caller, ServerHttpRequest request) {
        return answer("health_checks", AnswerKind.CHECKS, service, caller, request);
    }

    @GetMapping("/catalog/service/{service_name}")
    Mono<ResponseEntity<byte[]>> catalog(
            @PathVariable("service_name") String service, Caller caller, ServerHttpRequest request) {
        return answer("catalog_service", AnswerKind.CATALOG, service, caller, request);
    }

    private Mono<ResponseEntity<byte[]>> answer(
            String operation, AnswerKind kind, String service, Caller caller, ServerHttpRequest request) {
        return metrics.countingReady(ConsulReplies.PROTOCOL, operation, () -> {
            var parameters = ReadParameters.of(request, caller, node.datacenter());
            var selection = writer.select(kind, parameters);
            ResponseTimeoutFilter.extend(request, parameters.patience());
            var content = reader.read(service, parameters, caller);
            var ready = ImmediateMono.value(content);
            return ready == null
                    ? content.map(read -> reply(read, selection, caller))
                    : Mono.just(reply(ready, selection, caller));
        });
    }

    private ResponseEntity<byte[]> reply(ServiceContent content, Selection selection, Caller caller) {
        if (!content.past()) {
            counter.count(caller, content.name(), content.version());
        }
        return ConsulReplies.indexed(writer.write(content, selection), content.index());
    }
}
