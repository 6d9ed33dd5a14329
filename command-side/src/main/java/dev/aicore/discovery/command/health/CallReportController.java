package dev.aicore.discovery.command.health;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.RequestReason;
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
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.TypedJsonBody;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
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

    record CallReportRequest(
            @Size(min = 1, max = RequestReason.MAX_LENGTH) @Nullable
            String reason,

            @Min(0) @Max(CallReport.MAX_CALLS) int successes,
            @Min(0) @Max(CallReport.MAX_CALLS) int failures) {

        private void requireCalls(JsonFields jsonFields) {
            if (successes + failures == 0) {
                jsonFields.reject("successes", "and failures are both 0", "1 or more of either");
            }
        }
    }

    /** State of the instance's circuit breaker after the report. */
    record CallReportResponse(String id, String serviceId, BreakerState breaker) {}

    @PostMapping(path = "/api/v1/services/{id}/outcomes", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<CallReportResponse>>> report(
            @PathVariable String id, Caller caller, TypedJsonBody<CallReportRequest> body, ServerWebExchange exchange) {
        NameRules.INSTANCE.require("service_id", id);
        var jsonBody = body.jsonBody();
        return body.required(CallReportRequest::requireCalls)
                .flatMap(request -> {
                    var by = caller.withReason(request.reason());
                    var metadata = EventMetadataFactory.of(by, jsonBody.idempotencyKey());
                    var calls = new CallReport(request.successes(), request.failures());
                    var command = new ReportCalls(id, calls, commandGateway.now(), metadata);
                    return CommandReplyMapper.await(() ->
                            idempotent.run(exchange, caller, jsonBody, key -> commandGateway.report(command, key)));
                })
                .map(CallReportController::respond);
    }

    private static ResponseEntity<ApiResponse<CallReportResponse>> respond(CommandReply commandReply) {
        var circuit = (Circuit) commandReply.outcome();
        return CommandReplyMapper.toResponse(
                        new CallReportResponse(circuit.id(), circuit.id(), circuit.breaker()), commandReply)
                .respond(HttpStatus.OK);
    }
}
