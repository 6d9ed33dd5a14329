package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.web.JsonBody;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves the writes of Eureka's protocol. All answers have an empty body. */
@RestController
@RequestMapping({"/eureka/apps/{app}", "/eureka/v2/apps/{app}"})
final class EurekaWriteController {

    private static final String INSTANCE = "/{id}";
    private static final String STATUS = "/{id}/status";

    private final EurekaWriteService writes;
    private final EurekaBodyReader bodyReader;
    private final DialectMetrics metrics;

    EurekaWriteController(EurekaWriteService writes, EurekaBodyReader bodyReader, DialectMetrics metrics) {
        this.writes = writes;
        this.bodyReader = bodyReader;
        this.metrics = metrics;
    }

    /** Registers an instance. Clients accept the status 204 only. */
    @PostMapping
    Mono<ResponseEntity<Void>> register(
            @PathVariable String app, Caller caller, JsonBody jsonBody, ServerWebExchange exchange) {
        var headers = exchange.getRequest().getHeaders();
        return answer(
                "register",
                HttpStatus.NO_CONTENT,
                bodyReader
                        .read(app, jsonBody, headers)
                        .flatMap(instance -> writes.register(exchange, instance, dialect(caller))));
    }

    @PutMapping(INSTANCE)
    Mono<ResponseEntity<Void>> renew(
            @PathVariable String app, @PathVariable String id, Caller caller, ServerHttpRequest request) {
        return answer("renew", HttpStatus.OK, writes.renew(request, app, id, dialect(caller)));
    }

    @DeleteMapping(INSTANCE)
    Mono<ResponseEntity<Void>> deregister(
            @PathVariable String app, @PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return answer("deregister", HttpStatus.OK, writes.deregister(exchange, app, id, dialect(caller)));
    }

    @PutMapping(STATUS)
    Mono<ResponseEntity<Void>> override(
            @PathVariable String app, @PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return answer("override_status", HttpStatus.OK, writes.override(exchange, app, id, dialect(caller)));
    }

    @DeleteMapping(STATUS)
    Mono<ResponseEntity<Void>> removeOverride(
            @PathVariable String app, @PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return answer("remove_override", HttpStatus.OK, writes.removeOverride(exchange, app, id, dialect(caller)));
    }

    @PutMapping("/{id}/metadata")
    Mono<ResponseEntity<Void>> updateMetadata(
            @PathVariable String app, @PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return answer("update_metadata", HttpStatus.OK, writes.updateMetadata(exchange, app, id, dialect(caller)));
    }

    private static Caller dialect(Caller caller) {
        return caller.withProtocol(EurekaReadController.DIALECT);
    }

    private Mono<ResponseEntity<Void>> answer(String operation, HttpStatus status, Mono<Void> write) {
        return metrics.counting(
                EurekaReadController.DIALECT,
                operation,
                write.then(Mono.fromSupplier(() -> ResponseEntity.status(status).build())));
    }
}
