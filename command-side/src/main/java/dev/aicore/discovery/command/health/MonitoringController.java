package dev.aicore.discovery.command.health;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.Outcome.Monitored;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Starts and stops the checks of an instance. Each change is recorded as a fact, with the caller, the time and the
 * reason.
 */
@RestController
final class MonitoringController {

    private static final String PATH = "/api/v1/services/{id}/monitoring";

    private final CommandGateway commandGateway;
    private final IdempotentExecutor idempotent;
    private final boolean enabled;

    /**
     * Creates the controller.
     *
     * @param enabled true if this registry makes active checks
     */
    MonitoringController(CommandGateway commandGateway, IdempotentExecutor executor, boolean enabled) {
        this.commandGateway = commandGateway;
        this.idempotent = executor;
        this.enabled = enabled;
    }

    /**
     * Response with the state of an instance's checks.
     *
     * @param monitored true if the instance is to be checked
     * @param at time of the change, or of the request if nothing changed
     * @param checksEnabled false if this registry makes no active checks, regardless of the request
     */
    record MonitoringResponse(String id, String serviceId, boolean monitored, Instant at, boolean checksEnabled) {}

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<MonitoringResponse>>> start(
            @PathVariable String id, Caller caller, JsonBody jsonBody, ServerWebExchange exchange) {
        NameRules.INSTANCE.require("service_id", id);
        return switchMonitoring(id, true, caller, jsonBody, exchange);
    }

    @DeleteMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<MonitoringResponse>>> stop(
            @PathVariable String id,
            QueryParameters queryParameters,
            Caller caller,
            JsonBody jsonBody,
            ServerWebExchange exchange) {
        NameRules.INSTANCE.require("service_id", id);
        queryParameters.validate();
        return switchMonitoring(id, false, caller, jsonBody, exchange);
    }

    private Mono<ResponseEntity<ApiResponse<MonitoringResponse>>> switchMonitoring(
            String id, boolean on, Caller caller, JsonBody jsonBody, ServerWebExchange exchange) {
        return EventMetadataFactory.withReason(caller, jsonBody)
                .map(metadata -> new SwitchMonitoring(id, on, metadata))
                .flatMap(command -> CommandReplyMapper.await(() -> idempotent.run(
                        exchange, caller, jsonBody, key -> commandGateway.switchMonitoring(command, key))))
                .map(this::respond);
    }

    private ResponseEntity<ApiResponse<MonitoringResponse>> respond(CommandReply commandReply) {
        var monitored = (Monitored) commandReply.outcome();
        return CommandReplyMapper.toResponse(
                        new MonitoringResponse(monitored.id(), monitored.id(), monitored.on(), monitored.at(), enabled),
                        commandReply)
                .respond(HttpStatus.OK);
    }
}
