package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.health.CheckFailure;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.command.instance.Names;
import dev.aicore.discovery.command.instance.Replies;
import dev.aicore.discovery.command.probe.ProbeResult;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Checks of an instance when somebody asks. */
@RestController
final class CheckController {

    private final CheckNow checks;

    CheckController(CheckNow checks) {
        this.checks = checks;
    }

    /**
     * How the check ended, and how the instance is with it.
     *
     * @param reason why it failed, such as {@code status 503}; null if it passed
     * @param latencyMs from the beginning of the look to its end
     * @param recorded whether the result counts; false if the registry itself couldn't check
     */
    record Look(
            String id,
            String serviceId,
            String checkType,
            boolean passed,
            @Nullable String reason,
            double latencyMs,
            Health health,
            Status status,
            boolean recorded) {}

    @PostMapping(path = "/api/v1/services/{id}/health", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<Look>>> check(@PathVariable String id, Caller caller, Body body) {
        Names.INSTANCE.require("service_id", id);
        return body.optional()
                .doOnNext(fields -> {
                    fields.rejectUnknown();
                    fields.orThrow();
                })
                .flatMap(nothing -> checks.check(id, caller.reach()))
                .map(CheckController::answer);
    }

    private static ResponseEntity<Answer<Look>> answer(CheckNow.Checked checked) {
        var result = checked.result();
        var failure = result.failure();
        var look = new Look(
                checked.probe().id(),
                checked.probe().id(),
                checked.probe().check().checkType(),
                result.passed(),
                failure == null ? null : words(failure, result),
                result.latency().toNanos() / 1e6,
                checked.state().health(),
                checked.state().status(),
                checked.recorded());
        return Replies.answer(look, checked.reply()).respond(HttpStatus.OK);
    }

    private static String words(CheckFailure failure, ProbeResult result) {
        return (failure.word() + ' ' + result.detail()).replace('_', ' ').strip();
    }
}
