package dev.aicore.discovery.command.discovery;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.Outcome.Reset;
import dev.aicore.discovery.api.discovery.ResetPicks;
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
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Resets the pick counters of a service. The reset is recorded as a fact, with the caller, the time and the reason. */
@RestController
final class ResetPicksController {

    private final CommandGateway commandGateway;
    private final IdempotentExecutor idempotent;

    ResetPicksController(CommandGateway commandGateway, IdempotentExecutor executor) {
        this.commandGateway = commandGateway;
        this.idempotent = executor;
    }

    /** Service whose counters were reset, and the time of the reset. */
    record ResetResponse(String serviceName, boolean reset, Instant since) {}

    @DeleteMapping(path = "/api/v1/load-balancer/{service_name}/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<ResetResponse>>> reset(
            @PathVariable("service_name") String service,
            QueryParameters queryParameters,
            Caller caller,
            JsonBody jsonBody,
            ServerWebExchange exchange) {
        NameRules.SERVICE.require("service_name", service);
        queryParameters.validate();
        return EventMetadataFactory.withReason(caller, jsonBody)
                .map(metadata -> new ResetPicks(service, metadata))
                .flatMap(command -> CommandReplyMapper.await(
                        () -> idempotent.run(exchange, caller, jsonBody, key -> commandGateway.reset(command, key))))
                .map(ResetPicksController::respond);
    }

    private static ResponseEntity<ApiResponse<ResetResponse>> respond(CommandReply commandReply) {
        var reset = (Reset) commandReply.outcome();
        return CommandReplyMapper.toResponse(new ResetResponse(reset.service(), true, reset.at()), commandReply)
                .respond(HttpStatus.OK);
    }
}
