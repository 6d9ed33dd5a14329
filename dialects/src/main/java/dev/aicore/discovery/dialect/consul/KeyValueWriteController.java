package dev.aicore.discovery.dialect.consul;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStream;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.web.JsonBody;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Serves the writes of the key/value store. The answer is {@code true}, or {@code false} if {@code cas} doesn't match.
 */
@RestController
@RequestMapping("/v1/kv/**")
final class KeyValueWriteController {

    private final KeyValueStore store;
    private final ConsulNode node;
    private final DialectMetrics metrics;

    KeyValueWriteController(KeyValueStore store, ConsulNode node, DialectMetrics metrics) {
        this.store = store;
        this.node = node;
        this.metrics = metrics;
    }

    @PutMapping
    Mono<ResponseEntity<byte[]>> store(JsonBody jsonBody, Caller caller, ServerWebExchange exchange) {
        return ConsulReplies.counted(metrics, "kv_put", Mono.defer(() -> {
            var request = exchange.getRequest();
            ReadParameters.of(request, caller, node.datacenter());
            var parameters = request.getQueryParams();
            requireCompatible(parameters, "cas", "acquire", "release");
            if (parameters.containsKey("acquire") || parameters.containsKey("release")) {
                return Mono.just(noSessions());
            }
            var key = KeyPath.key(request);
            long flags = Objects.requireNonNullElse(number(parameters, "flags"), 0L);
            var cas = number(parameters, "cas");
            return jsonBody.bytes(KeyValueStream.MAX_VALUE_BYTES)
                    .flatMap(value -> store.put(exchange, key, flags, value, cas, caller))
                    .map(KeyValueWriteController::answer);
        }));
    }

    @DeleteMapping
    Mono<ResponseEntity<byte[]>> delete(Caller caller, ServerWebExchange exchange) {
        return ConsulReplies.counted(metrics, "kv_delete", Mono.defer(() -> {
            var request = exchange.getRequest();
            ReadParameters.of(request, caller, node.datacenter());
            var parameters = request.getQueryParams();
            requireCompatible(parameters, "recurse", "cas");
            var done = parameters.containsKey("recurse")
                    ? store.deleteAll(exchange, KeyPath.prefix(request), caller)
                    : store.delete(exchange, KeyPath.key(request), number(parameters, "cas"), caller);
            return done.map(KeyValueWriteController::answer);
        }));
    }

    private static void requireCompatible(MultiValueMap<String, String> parameters, String... names) {
        int found = 0;
        for (var name : names) {
            found += parameters.containsKey(name) ? 1 : 0;
        }
        if (found > 1) {
            throw ConsulRefusals.invalid("Conflicting flags: only one of " + String.join(", ", names) + " is possible");
        }
    }

    /** Returns an unsigned number; null if the parameter is absent. */
    private static @Nullable Long number(MultiValueMap<String, String> parameters, String name) {
        if (!parameters.containsKey(name)) {
            return null;
        }
        var text = Objects.requireNonNullElse(parameters.getFirst(name), "");
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException _) {
            throw ConsulRefusals.invalid("Invalid " + name + ": expected an unsigned number");
        }
    }

    private static ResponseEntity<byte[]> answer(boolean done) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(String.valueOf(done).getBytes(US_ASCII));
    }

    private static ResponseEntity<byte[]> noSessions() {
        return ConsulReplies.text(
                HttpStatus.NOT_IMPLEMENTED, "The registry has no sessions, so keys can't be locked. Use cas instead.");
    }
}
