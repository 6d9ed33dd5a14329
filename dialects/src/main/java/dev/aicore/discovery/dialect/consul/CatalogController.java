package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.dialect.consul.ConsulFilterFields.CheckRow;
import dev.aicore.discovery.dialect.consul.RegistryReader.IndexedContent;
import dev.aicore.discovery.web.ResponseTimeoutFilter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Serves the reads of the whole registry, which clients may wait for. */
@RestController
@RequestMapping("/v1")
final class CatalogController {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> STATES = Set.of("any", "passing", "warning", "critical");

    private final RegistryReader reader;
    private final ConsulDocuments documents;
    private final ConsulFilterFields fields;
    private final ConsulNode node;
    private final DialectMetrics metrics;

    CatalogController(
            RegistryReader reader,
            ConsulDocuments documents,
            ConsulFilterFields fields,
            ConsulNode node,
            DialectMetrics metrics) {
        this.reader = reader;
        this.documents = documents;
        this.fields = fields;
        this.node = node;
        this.metrics = metrics;
    }

    @GetMapping("/catalog/services")
    Mono<ResponseEntity<byte[]>> services(Caller caller, ServerWebExchange exchange) {
        return answer(
                "catalog_services",
                caller,
                exchange,
                parameters -> reader.catalogServices(parameters, caller).map(found -> {
                    var services = JSON.objectNode();
                    found.content().tagsByName().forEach((name, tags) -> {
                        var array = services.putArray(name);
                        tags.forEach(array::add);
                    });
                    return new IndexedContent<JsonNode>(services, found.index());
                }));
    }

    @GetMapping("/catalog/nodes")
    Mono<ResponseEntity<byte[]>> nodes(Caller caller, ServerWebExchange exchange) {
        // The registry's node never changes, so that a wait for its change takes the whole time.
        return answer(
                "catalog_nodes",
                caller,
                exchange,
                parameters -> reader.awaitNothing(parameters, caller)
                        .then(Mono.fromSupplier(() ->
                                new IndexedContent<JsonNode>(JSON.arrayNode().add(documents.node()), 1))));
    }

    @GetMapping("/catalog/node/{name}")
    Mono<ResponseEntity<byte[]>> node(@PathVariable String name, Caller caller, ServerWebExchange exchange) {
        return answer(
                "catalog_node",
                caller,
                exchange,
                parameters -> reader.instances(parameters, caller)
                        .map(found -> new IndexedContent<>(
                                name.equals(node.name()) ? nodeServices(found.content()) : JSON.nullNode(),
                                found.index())));
    }

    private JsonNode nodeServices(Stream<ConsulInstance> instances) {
        var document = JSON.objectNode();
        document.set("Node", documents.node());
        var services = document.putObject("Services");
        instances.forEach(instance ->
                services.set(ConsulDocuments.freeKey(services, instance), documents.agentService(instance)));
        return document;
    }

    @GetMapping("/health/state/{state}")
    Mono<ResponseEntity<byte[]>> state(@PathVariable String state, Caller caller, ServerWebExchange exchange) {
        return answer("health_state", caller, exchange, parameters -> {
            if (!STATES.contains(state)) {
                throw ConsulRefusals.invalid("Invalid check state: '" + state + "'");
            }
            var wanted = ServiceAnswerWriter.parse(parameters, fields.checks());
            return reader.instances(parameters, caller).map(found -> {
                var checks = JSON.arrayNode();
                found.content()
                        .flatMap(CheckRow::of)
                        .filter(row -> state.equals("any")
                                || row.check().status().jsonName().equals(state))
                        .filter(wanted)
                        .forEach(row -> checks.add(documents.check(row.instance(), row.check())));
                return new IndexedContent<JsonNode>(checks, found.index());
            });
        });
    }

    private Mono<ResponseEntity<byte[]>> answer(
            String operation,
            Caller caller,
            ServerWebExchange exchange,
            Function<ReadParameters, Mono<IndexedContent<JsonNode>>> read) {
        var answer = Mono.defer(() -> {
            var parameters = ReadParameters.of(exchange.getRequest(), caller, node.datacenter());
            ResponseTimeoutFilter.extend(exchange, parameters.patience());
            return read.apply(parameters)
                    .map(found -> ConsulReplies.indexed(
                            found.content().toString().getBytes(StandardCharsets.UTF_8), found.index()));
        });
        return ConsulReplies.counted(metrics, operation, answer);
    }
}
