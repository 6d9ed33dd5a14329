package dev.aicore.discovery.command.health;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.RequestReason;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply.BatchReply;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.TextConstraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves call reports of one caller about many instances in one request. */
@RestController
final class CallReportBatchController {

    static final int MAX_REPORTS = 1_000;

    /** Maximum size of a body: the maximum number of reports with ids of maximum length. */
    private static final int MAX_BYTES = 512 * 1024;

    private static final String REPORTS = "outcomes";
    private static final String EXPECTED = "an array of 1 to " + MAX_REPORTS + " reports";

    private final CommandGateway commandGateway;
    private final TimeSource time;

    CallReportBatchController(CommandGateway commandGateway, TimeSource time) {
        this.commandGateway = commandGateway;
        this.time = time;
    }

    /** Reports by the ids of their instances, in the order of the request. */
    private record CallReportBatchRequest(@Nullable String reason, Map<String, CallReport> reports) {

        List<ReportCalls> commands(long observedAt, EventMetadata metadata) {
            return reports.entrySet().stream()
                    .map(report -> new ReportCalls(report.getKey(), report.getValue(), observedAt, metadata))
                    .toList();
        }
    }

    /**
     * Result of one report.
     *
     * @param outcome {@code recorded}, or the error code
     * @param breaker state of the instance's circuit breaker after the report; null after an error
     * @param code error code, equal to {@code outcome}; null without error
     * @param detail description of the error; null without error
     */
    record CallReportItem(
            String id,
            String outcome,
            @Nullable BreakerState breaker,
            @Nullable String code,
            @Nullable String detail) {}

    /** Results of all reports: the number of each kind, and the single results in the order of the request. */
    record CallReportBatch(int total, int recorded, int failed, List<CallReportItem> outcomes) {}

    @PostMapping(path = "/api/v1/outcomes", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<CallReportBatch>>> report(Caller caller, JsonBody jsonBody) {
        return jsonBody.required(MAX_BYTES)
                .map(CallReportBatchController::parse)
                .flatMap(request -> Mono.fromFuture(() -> report(request, caller), true)
                        .map(reply -> respond(List.copyOf(request.reports().keySet()), reply)));
    }

    private CompletableFuture<BatchReply> report(CallReportBatchRequest request, Caller caller) {
        var metadata = EventMetadataFactory.of(caller.withReason(request.reason()), null);
        return commandGateway.reportEach(request.commands(commandGateway.now(), metadata));
    }

    private static CallReportBatchRequest parse(JsonFields jsonFields) {
        var reason = jsonFields.textOrNull("reason", TextConstraint.nonEmpty(RequestReason.MAX_LENGTH));
        var list = jsonFields.objectListOrNull(REPORTS, MAX_REPORTS);
        if (!jsonFields.has(REPORTS)) {
            jsonFields.reject(REPORTS, "is required", EXPECTED);
        } else if (list != null && list.isEmpty()) {
            jsonFields.reject(REPORTS, "is empty", EXPECTED);
        }
        var reports = new LinkedHashMap<String, CallReport>();
        for (var fields : list == null ? List.<JsonFields>of() : list) {
            var id = fields.text("id", NameRules.INSTANCE);
            int successes = fields.integerOr("successes", 0, CallReport.MAX_CALLS, 0);
            int failures = fields.integerOr("failures", 0, CallReport.MAX_CALLS, 0);
            if (successes + failures == 0) {
                fields.reject("successes", "and failures are both 0", "1 or more of either");
            } else if (reports.put(id, new CallReport(successes, failures)) != null) {
                fields.reject("id", "is given twice", "each id once");
            }
        }
        jsonFields.rejectUnknown();
        jsonFields.validate();
        return new CallReportBatchRequest(reason, reports);
    }

    private ResponseEntity<ApiResponse<CallReportBatch>> respond(List<String> ids, BatchReply reply) {
        return ApiResponse.of(toBatch(ids, reply), reply.position(), time.now()).respond(HttpStatus.OK);
    }

    private static CallReportBatch toBatch(List<String> ids, BatchReply reply) {
        var items = new ArrayList<CallReportItem>(ids.size());
        int failed = 0;
        for (int i = 0; i < ids.size(); i++) {
            if (reply.outcomes().get(i) instanceof Outcome.Circuit circuit) {
                items.add(new CallReportItem(ids.get(i), "recorded", circuit.breaker(), null, null));
            } else if (reply.outcomes().get(i) instanceof Outcome.Refused refused) {
                failed++;
                var code = refused.code().code();
                items.add(new CallReportItem(ids.get(i), code, null, code, refused.detail()));
            }
        }
        return new CallReportBatch(items.size(), items.size() - failed, failed, items);
    }
}
