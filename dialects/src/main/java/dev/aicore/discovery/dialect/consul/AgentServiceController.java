package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.StrictJsonParser;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;

/** Serves the writes of services: registration, deregistration and maintenance. */
@RestController
@RequestMapping("/v1/agent/service")
final class AgentServiceController {

    private static final int MAX_REASON = 512;

    private final RegistrationService registrations;
    private final InstanceResolver instances;
    private final DialectMetrics metrics;

    AgentServiceController(RegistrationService registrations, InstanceResolver instances, DialectMetrics metrics) {
        this.registrations = registrations;
        this.instances = instances;
        this.metrics = metrics;
    }

    @PutMapping("/register")
    Mono<ResponseEntity<Void>> register(JsonBody jsonBody, Caller caller, ServerWebExchange exchange) {
        var registration = jsonBody.bytes(JsonBody.MAX_BYTES)
                .map(bytes -> RegistrationDocument.of(StrictJsonParser.read(bytes)))
                .flatMap(service -> register(service, caller, exchange));
        return ConsulReplies.empty(metrics, "register", registration);
    }

    private Mono<?> register(RegistrationDocument service, Caller caller, ServerWebExchange exchange) {
        var ownId = ConsulInstanceId.of(service.id(), ConsulInstanceId.agent(caller.sourceAddress()));
        return instances
                .find(ownId)
                .map(present ->
                        RegistrationTranslator.toNative(service, ownId, caller.sourceAddress(), present.orElse(null)))
                .flatMap(document ->
                        registrations.register(exchange, document, caller.withProtocol(ConsulReplies.PROTOCOL)));
    }

    @PutMapping("/deregister/{id}")
    Mono<ResponseEntity<Void>> deregister(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        var removal = instances
                .service(id, caller)
                .flatMap(found -> registrations.deregister(
                        exchange,
                        found.nativeId(),
                        InstancePrecondition.NONE,
                        caller.withProtocol(ConsulReplies.PROTOCOL)))
                .onErrorMap(ConsulRefusals::isAbsent, _ -> ConsulRefusals.unknownService(id));
        return ConsulReplies.empty(metrics, "deregister", removal);
    }

    @PutMapping("/maintenance/{id}")
    Mono<ResponseEntity<Void>> maintain(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        var change = Mono.defer(() -> {
                    var parameters = exchange.getRequest().getQueryParams();
                    boolean enabled = isEnabled(Objects.requireNonNullElse(parameters.getFirst("enable"), ""));
                    var reason = Objects.requireNonNullElse(parameters.getFirst("reason"), "");
                    return instances
                            .service(id, caller)
                            .flatMap(found -> maintain(found, enabled, reason, caller, exchange));
                })
                .onErrorMap(ConsulRefusals::isAbsent, _ -> ConsulRefusals.unknownService(id));
        return ConsulReplies.empty(metrics, "maintenance", change);
    }

    private Mono<?> maintain(
            InstanceResolver.ResolvedInstance found,
            boolean enabled,
            String reason,
            Caller caller,
            ServerWebExchange exchange) {
        var document = JsonNodeFactory.instance.objectNode().put("status", enabled ? "maintenance" : "active");
        var metadata = document.putObject("metadata");
        if (enabled && !reason.isEmpty()) {
            metadata.put(ConsulMetadata.REASON, ConsulMetadata.encode(reason));
        } else {
            metadata.putNull(ConsulMetadata.REASON);
        }
        var audited = reason.isBlank()
                        || reason.length() > MAX_REASON
                        || reason.chars().anyMatch(Character::isISOControl)
                ? caller
                : caller.withReason(reason);
        return registrations.update(
                exchange,
                found.nativeId(),
                document,
                InstancePrecondition.NONE,
                audited.withProtocol(ConsulReplies.PROTOCOL));
    }

    private static boolean isEnabled(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            case "" -> throw ConsulRefusals.invalid("Missing value for enable");
            default -> throw ConsulRefusals.invalid("Invalid value for enable");
        };
    }
}
