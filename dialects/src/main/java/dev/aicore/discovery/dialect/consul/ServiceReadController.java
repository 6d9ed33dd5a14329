package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.dialect.consul.ServiceAnswerWriter.AnswerKind;
import dev.aicore.discovery.web.ResponseTimeoutFilter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves the reads of one service, which clients may wait for. */
@RestController
@RequestMapping("/v1")
final class ServiceReadController {

    private final ServiceContentReader reader;
    private final ServiceAnswerWriter writer;
    private final ConsulNode node;
    private final DialectMetrics metrics;

    ServiceReadController(
            ServiceContentReader reader, ServiceAnswerWriter writer, ConsulNode node, DialectMetrics metrics) {
        this.reader = reader;
        this.writer = writer;
        this.node = node;
        this.metrics = metrics;
    }

    @GetMapping("/health/service/{service_name}")
    Mono<ResponseEntity<byte[]>> health(
            @PathVariable("service_name") String service, Caller caller, ServerWebExchange exchange) {
        return answer("health_service", AnswerKind.HEALTH, service, caller, exchange);
    }

    @GetMapping("/health/checks/{service_name}")
    Mono<ResponseEntity<byte[]>> checks(
            @PathVariable("service_name") String service, Caller caller, ServerWebExchange exchange) {
        return answer("health_checks", AnswerKind.CHECKS, service, caller, exchange);
    }

    @GetMapping("/catalog/service/{service_name}")
    Mono<ResponseEntity<byte[]>> catalog(
            @PathVariable("service_name") String service, Caller caller, ServerWebExchange exchange) {
        return answer("catalog_service", AnswerKind.CATALOG, service, caller, exchange);
    }

    private Mono<ResponseEntity<byte[]>> answer(
            String operation, AnswerKind kind, String service, Caller caller, ServerWebExchange exchange) {
        var answer = Mono.defer(() -> {
            var parameters = ReadParameters.of(exchange.getRequest(), caller, node.datacenter());
            var selection = writer.select(kind, parameters);
            ResponseTimeoutFilter.extend(exchange, parameters.patience());
            return reader.read(service, parameters, caller)
                    .map(content -> ConsulReplies.indexed(writer.write(content, selection), content.index()));
        });
        return ConsulReplies.counted(metrics, operation, answer);
    }
}
