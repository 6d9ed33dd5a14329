package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.query.configuration.KeySelection;
import dev.aicore.discovery.query.configuration.KeyValueQueryService;
import dev.aicore.discovery.query.configuration.KeyValues;
import dev.aicore.discovery.web.ResponseTimeoutFilter;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves the reads of the key/value store, which clients may wait for. */
@RestController
@RequestMapping("/v1/kv/**")
final class KeyValueReadController {

    private final KeyValueQueryService queries;
    private final ConsulNode node;
    private final DialectMetrics metrics;

    KeyValueReadController(KeyValueQueryService queries, ConsulNode node, DialectMetrics metrics) {
        this.queries = queries;
        this.node = node;
        this.metrics = metrics;
    }

    @GetMapping
    Mono<ResponseEntity<byte[]>> read(Caller caller, ServerWebExchange exchange) {
        var answer = Mono.defer(() -> {
            var request = exchange.getRequest();
            var parameters = ReadParameters.of(request, caller, node.datacenter());
            var flags = request.getQueryParams();
            var selection = flags.containsKey("keys")
                    ? KeySelection.prefix(KeyPath.prefix(request), false)
                    : flags.containsKey("recurse")
                            ? KeySelection.prefix(KeyPath.prefix(request), true)
                            : reachable(KeyPath.key(request), caller);
            ResponseTimeoutFilter.extend(exchange, parameters.patience());
            return find(selection, parameters, caller)
                    .map(found -> respond(selection, found, reportedIndex(found, parameters), flags));
        });
        return ConsulReplies.counted(metrics, "kv_get", answer);
    }

    /** Selects a key. One beyond the caller's service scope is as good as absent. */
    private static KeySelection reachable(String key, Caller caller) {
        return KeyValueQueryService.isReachable(key, caller) ? KeySelection.key(key) : KeySelection.NOTHING;
    }

    private Mono<KeyValues> find(KeySelection selection, ReadParameters parameters, Caller caller) {
        var at = parameters.at();
        if (at != null) {
            return queries.asOf(selection, at, caller);
        }
        return parameters.patience().isZero()
                ? queries.present(selection, caller)
                : queries.awaitChange(selection, parameters.after(), parameters.patience(), caller);
    }

    /** Returns the index to wait with next; never less than the one of the request, unless that was of the future. */
    private static long reportedIndex(KeyValues found, ReadParameters parameters) {
        return parameters.after() <= found.position() ? Math.max(found.index(), parameters.after()) : found.index();
    }

    private static ResponseEntity<byte[]> respond(
            KeySelection selection, KeyValues found, long index, MultiValueMap<String, String> flags) {
        var entries = found.entries();
        if (!selection.withValues()) {
            // The list of all keys exists, even if it is empty.
            return entries.isEmpty() && !selection.text().isEmpty()
                    ? ConsulReplies.absent(index)
                    : ConsulReplies.indexed(
                            KeyValueDocuments.names(entries, selection.text(), separator(flags)), index);
        }
        if (entries.isEmpty()) {
            return ConsulReplies.absent(index);
        }
        return flags.containsKey("raw") && !selection.isPrefix()
                ? ConsulReplies.raw(entries.getFirst().value(), index)
                : ConsulReplies.indexed(KeyValueDocuments.entries(entries), index);
    }

    /** Returns the separator, which Consul also knows by a misspelled name. */
    private static String separator(MultiValueMap<String, String> flags) {
        return Objects.requireNonNullElse(
                flags.getFirst(flags.containsKey("separator") ? "separator" : "seperator"), "");
    }
}
