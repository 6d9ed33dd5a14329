package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.instance.Envelopes;
import dev.aicore.discovery.command.instance.Names;
import dev.aicore.discovery.command.restore.Restoring.Done;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.MomentText;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Brings a service back to what it was at a moment. */
@RestController
final class RestoreController {

    private static final Text TOKEN = Text.filled(64);
    private static final Text REASON = Text.filled(512);

    private final PastServices past;
    private final Restoring restoring;
    private final TimeSource time;

    RestoreController(PastServices past, Restoring restoring, TimeSource time) {
        this.past = past;
        this.restoring = restoring;
        this.time = time;
    }

    private record Asked(
            Moment at,
            boolean force,
            boolean dryRun,
            @Nullable String token,
            Envelope by) {}

    @PostMapping(path = "/api/v1/services/{service_name}/restore", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<RestoreView>>> restore(
            @PathVariable("service_name") String service, Caller caller, Query query, Body body) {
        Names.SERVICE.require("service_name", service);
        query.orThrow();
        return body.required()
                .map(fields -> read(fields, caller, body))
                .flatMap(asked -> past.compare(service, asked.at())
                        .map(RestorePlan::of)
                        .flatMap(plan -> {
                            requireSame(asked.token(), plan);
                            return asked.dryRun() ? Mono.just(dryRun(service, plan, asked)) : run(service, plan, asked);
                        }));
    }

    private static Asked read(Fields fields, Caller caller, Body body) {
        var text = fields.text("at", TOKEN);
        var at = MomentText.parse(text);
        if (at == null && !text.isEmpty()) {
            fields.reject("at", "names no moment", MomentText.EXPECTED);
        }
        boolean force = fields.boolOr("force", false);
        boolean dryRun = fields.boolOr("dry_run", false);
        var token = fields.textOrNull("token", TOKEN);
        var reason = fields.textOrNull("reason", REASON);
        fields.rejectUnknown();
        fields.orThrow();
        var said = reason == null && caller.reason() == null ? "Restored as it was at " + text : reason;
        return new Asked(
                Objects.requireNonNull(at),
                force,
                dryRun,
                token,
                Envelopes.of(caller.because(said), body.idempotencyKey()));
    }

    private static void requireSame(@Nullable String token, RestorePlan plan) {
        if (token != null && !token.equals(plan.token())) {
            throw new RegistryException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The service has moved on since that dry run; make another one.",
                    new FieldError("token", "stands for another plan", token, plan.token()));
        }
    }

    private ResponseEntity<Answer<RestoreView>> dryRun(String service, RestorePlan plan, Asked asked) {
        var instances = plan.steps().stream()
                .map(step -> Restoring.would(step, asked.force()))
                .toList();
        return Answer.ok(view(service, plan, true, instances), plan.compared().mark(), time.now());
    }

    private Mono<ResponseEntity<Answer<RestoreView>>> run(String service, RestorePlan plan, Asked asked) {
        return restoring.run(plan, asked.force(), asked.by()).collectList().map(done -> {
            long position = done.stream().mapToLong(Done::position).max().orElse(0);
            var instances = done.stream().map(Done::restored).toList();
            return Answer.ok(
                    view(service, plan, false, instances),
                    Math.max(position, plan.compared().mark()),
                    time.now());
        });
    }

    private static RestoreView view(
            String service, RestorePlan plan, boolean dryRun, List<RestoreView.Restored> instances) {
        var compared = plan.compared();
        return new RestoreView(
                service,
                new RestoreView.Moment(compared.position(), compared.at()),
                dryRun,
                plan.token(),
                plan.same(),
                instances);
    }
}
