package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.dialect.consul.ConsulFilterFields.CheckRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Serves the reads of an agent's own services and checks, which are those of the whole registry. */
@RestController
@RequestMapping("/v1/agent")
final class AgentReadController {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RegistryReader reader;
    private final InstanceResolver resolver;
    private final ConsulDocuments documents;
    private final ConsulFilterFields fields;
    private final ConsulNode node;
    private final DialectMetrics metrics;

    AgentReadController(
            RegistryReader reader,
            InstanceResolver resolver,
            ConsulDocuments documents,
            ConsulFilterFields fields,
            ConsulNode node,
            DialectMetrics metrics) {
        this.reader = reader;
        this.resolver = resolver;
        this.documents = documents;
        this.fields = fields;
        this.node = node;
        this.metrics = metrics;
    }

    @GetMapping("/services")
    Mono<ResponseEntity<byte[]>> services(Caller caller, ServerWebExchange exchange) {
        return answer("agent_services", caller, exchange, parameters -> {
            var wanted = ServiceAnswerWriter.parse(parameters, fields.agentServices());
            return reader.instances(parameters, caller).map(found -> {
                var services = JSON.objectNode();
                found.content()
                        .filter(wanted)
                        .forEach(instance -> services.set(
                                ConsulDocuments.freeKey(services, instance), documents.agentService(instance)));
                return services;
            });
        });
    }

    @GetMapping("/checks")
    Mono<ResponseEntity<byte[]>> checks(Caller caller, ServerWebExchange exchange) {
        return answer("agent_checks", caller, exchange, parameters -> {
            var wanted = ServiceAnswerWriter.parse(parameters, fields.checks());
            return reader.instances(parameters, caller).map(found -> {
                var checks = JSON.objectNode();
                found.content()
                        .flatMap(CheckRow::of)
                        .filter(wanted)
                        .forEach(row -> checks.set(
                                checks.has(row.check().id())
                                        ? row.check().id()
                                                + '@'
                                                + row.instance().nativeId()
                                        : row.check().id(),
                                documents.check(row.instance(), row.check())));
                return checks;
            });
        });
    }

    @GetMapping("/service/{id}")
    Mono<ResponseEntity<byte[]>> service(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return answer(
                "agent_service", caller, exchange, _ -> present(id, caller).map(documents::hashedAgentService));
    }

    @GetMapping("/health/service/id/{id}")
    Mono<ResponseEntity<byte[]>> healthById(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        var answer = Mono.defer(() -> {
            ReadParameters.of(exchange.getRequest(), caller, node.datacenter());
            return present(id, caller).map(instance -> health(exchange, instance.status(), healthDocument(instance)));
        });
        return ConsulReplies.counted(metrics, "agent_health", answer);
    }

    @GetMapping("/health/service/name/{service_name}")
    Mono<ResponseEntity<byte[]>> healthByName(
            @PathVariable("service_name") String name, Caller caller, ServerWebExchange exchange) {
        var answer = Mono.defer(() -> {
            var parameters = ReadParameters.of(exchange.getRequest(), caller, node.datacenter());
            return reader.instances(name, parameters, caller).map(found -> {
                var instances = found.content().toList();
                if (instances.isEmpty()) {
                    throw unknown("ServiceName " + name + " Not Found");
                }
                var documentsOfAll = JSON.arrayNode();
                instances.forEach(instance -> documentsOfAll.add(healthDocument(instance)));
                return health(exchange, worst(instances), documentsOfAll);
            });
        });
        return ConsulReplies.counted(metrics, "agent_health", answer);
    }

    private Mono<ConsulInstance> present(String id, Caller caller) {
        return resolver.service(id, caller).<ConsulInstance>handle((found, sink) -> {
            var view = found.present();
            if (view == null) {
                sink.error(unknown("unknown service ID: " + id));
            } else {
                sink.next(ConsulInstance.of(view));
            }
        });
    }

    private ObjectNode healthDocument(ConsulInstance instance) {
        var document =
                JSON.objectNode().put("AggregatedStatus", instance.status().jsonName());
        document.set("Service", documents.agentService(instance));
        var checks = document.putArray("Checks");
        instance.checks().forEach(check -> checks.add(documents.check(instance, check)));
        return document;
    }

    private static CheckStatus worst(List<ConsulInstance> instances) {
        return instances.stream()
                .map(ConsulInstance::status)
                .max(CheckStatus::compareTo)
                .orElse(CheckStatus.PASSING);
    }

    private static ResponseEntity<byte[]> health(ServerWebExchange exchange, CheckStatus status, JsonNode document) {
        if ("text".equals(exchange.getRequest().getQueryParams().getFirst("format"))) {
            return ResponseEntity.status(status.httpStatus())
                    .contentType(MediaType.TEXT_PLAIN)
                    .body(status.jsonName().getBytes(StandardCharsets.US_ASCII));
        }
        return ConsulReplies.json(status.httpStatus(), document);
    }

    private static RegistryException unknown(String sentence) {
        return new RegistryException(ErrorCode.NOT_FOUND, sentence);
    }

    /** Answers at once, because an agent's lists can't be waited for. */
    private Mono<ResponseEntity<byte[]>> answer(
            String operation,
            Caller caller,
            ServerWebExchange exchange,
            Function<ReadParameters, Mono<ObjectNode>> read) {
        var answer = Mono.defer(() -> {
            var parameters = ReadParameters.of(exchange.getRequest(), caller, node.datacenter());
            return read.apply(parameters.withoutWait()).map(document -> ConsulReplies.json(200, document));
        });
        return ConsulReplies.counted(metrics, operation, answer);
    }
}
