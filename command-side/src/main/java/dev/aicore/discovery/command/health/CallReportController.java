package dev.aicore.discovery.command.health;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.Outcome.Circuit;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves call reports: numbers of successful and failed calls to an instance, as one of its callers observed them. */
@RestController
final class CallReportController {

    private final CommandGateway commandGateway;
    private final IdempotentExecutor idempotent;

    CallReportController(CommandGateway commandGateway, IdempotentExecutor executor) {
        this.commandGateway = commandGateway;
        this.idempotent = executor;
    }

    /** State of the instance's circuit breaker after the report. */
    record CallReportResponse(String id, String serviceId, BreakerState breaker) {}

    @PostMapping(path = "/api/v1/services/{id}/outcomes", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<CallReportResponse>>> report(
            @PathVariable String id, Caller caller, JsonBody jsonBody, ServerWebExchange exchange) {
        NameRules.INSTANCE.require("service_id", id);
        return jsonBody.required()
                .flatMap(jsonFields -> {
                    var reason = EventMetadataFactory.reasonIn(jsonFields);
                    var metadata = EventMetadataFactory.of(caller.withReason(reason), jsonBody.idempotencyKey());
                    var command = new ReportCalls(id, read(jsonFields), commandGateway.now(), metadata);
                    return CommandReplyMapper.await(() ->
                            idempotent.run(exchange, caller, jsonBody, key -> commandGateway.report(command, key)));
                })
                .map(CallReportController::respond);
    }

    private static CallReport read(JsonFields jsonFields) {
        int successes = jsonFields.integerOr("successes", 0, CallReport.MAX_CALLS, 0);
        int failures = jsonFields.integerOr("failures", 0, CallReport.MAX_CALLS, 0);
        jsonFields.rejectUnknown();
        jsonFields.validate();
        if (successes + failures == 0) {
            jsonFields.reject("successes", "and failures are both 0", "1 or more of either");
            jsonFields.validate();
        }
        return new CallReport(successes, failures);
    }

    private static ResponseEntity<ApiResponse<CallReportResponse>> respond(CommandReply commandReply) {
        var circuit = (Circuit) commandReply.outcome();
        return CommandReplyMapper.toResponse(
                        new CallReportResponse(circuit.id(), circuit.id(), circuit.breaker()), commandReply)
                .respond(HttpStatus.OK);
    }
}
