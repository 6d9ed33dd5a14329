package dev.aicore.discovery.command.health;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.NameRules;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves checks of an instance on demand. */
@RestController
final class OnDemandCheckController {

    private final OnDemandCheck checks;

    OnDemandCheckController(OnDemandCheck checks) {
        this.checks = checks;
    }

    /**
     * Result of a check, and the state of the instance after it.
     *
     * @param reason reason of the failure, e.g. {@code status 503}; null if the check passed
     * @param latencyMs duration of the probe in milliseconds
     * @param recorded true if the result was recorded; false if the registry itself could not make the check
     */
    record CheckResponse(
            String id,
            String serviceId,
            String checkType,
            boolean passed,
            @Nullable String reason,
            double latencyMs,
            HealthState health,
            InstanceStatus status,
            boolean recorded) {}

    @PostMapping(path = "/api/v1/services/{id}/health", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<CheckResponse>>> check(@PathVariable String id, Caller caller, JsonBody jsonBody) {
        NameRules.INSTANCE.require("service_id", id);
        return jsonBody.optional()
                .doOnNext(jsonFields -> {
                    jsonFields.rejectUnknown();
                    jsonFields.validate();
                })
                .flatMap(nothing -> checks.check(id, caller.reach()))
                .map(OnDemandCheckController::respond);
    }

    private static ResponseEntity<ApiResponse<CheckResponse>> respond(OnDemandCheck.CheckReport checkReport) {
        var result = checkReport.result();
        var failure = result.failure();
        var checkResponse = new CheckResponse(
                checkReport.probe().id(),
                checkReport.probe().id(),
                checkReport.probe().check().checkType(),
                result.passed(),
                failure == null ? null : words(failure, result),
                result.latency().toNanos() / 1e6,
                checkReport.state().health(),
                checkReport.state().status(),
                checkReport.recorded());
        return CommandReplyMapper.toResponse(checkResponse, checkReport.reply()).respond(HttpStatus.OK);
    }

    private static String words(CheckFailureCode failure, ProbeResult result) {
        return (failure.jsonName() + ' ' + result.detail()).replace('_', ' ').strip();
    }
}
