package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.Outcome.Restored;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.command.instance.Envelopes;
import dev.aicore.discovery.command.instance.Names;
import dev.aicore.discovery.command.instance.Replies;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.eventstore.WriteKey;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.MomentText;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Brings a service back to what it was at a moment. */
@RestController
final class RestoreController {

    private static final Text TOKEN = Text.filled(64);
    private static final Text REASON = Text.filled(512);

    private final PastServices past;
    private final Intake intake;
    private final Once once;
    private final TimeSource time;

    RestoreController(PastServices past, Intake intake, Once once, TimeSource time) {
        this.past = past;
        this.intake = intake;
        this.once = once;
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
            @PathVariable("service_name") String service,
            Caller caller,
            Query query,
            Body body,
            ServerWebExchange exchange) {
        Names.SERVICE.require("service_name", service);
        query.orThrow();
        return body.required()
                .map(fields -> read(fields, caller, body))
                .flatMap(asked -> asked.dryRun()
                        ? plan(service, asked).map(plan -> would(plan, asked))
                        : Replies.await(() -> once.run(exchange, caller, body, key -> restore(service, asked, key)))
                                .map(RestoreController::done));
    }

    private CompletableFuture<Reply> restore(String service, Asked asked, @Nullable WriteKey key) {
        return plan(service, asked)
                .flatMap(plan -> run(plan, asked, key))
                .toFuture()
                .thenApply(Objects::requireNonNull);
    }

    private static Asked read(Fields fields, Caller caller, Body body) {
        // Answers tell positions as numbers.
        var text = fields.isNumber("at")
                ? Long.toString(fields.number("at", 0, Long.MAX_VALUE))
                : fields.text("at", TOKEN);
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

    private Mono<RestorePlan> plan(String service, Asked asked) {
        return past.compare(service, asked.at())
                .map(compared -> RestorePlan.of(service, compared))
                .doOnNext(plan -> requireSame(asked.token(), plan));
    }

    private static void requireSame(@Nullable String token, RestorePlan plan) {
        if (token != null && !token.equals(plan.point().token())) {
            throw new RegistryException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The service has moved on since that dry run; make another one.",
                    new FieldError(
                            "token",
                            "stands for another plan",
                            token,
                            plan.point().token()));
        }
    }

    private ResponseEntity<Answer<RestoreView>> would(RestorePlan plan, Asked asked) {
        return Answer.ok(RestoreView.of(plan.would(asked.force()), true), plan.mark(), time.now());
    }

    private Mono<Reply> run(RestorePlan plan, Asked asked, @Nullable WriteKey key) {
        return plan.isDue(asked.force())
                ? Mono.fromFuture(() -> intake.restore(plan.asked(asked.force(), asked.by()), key), true)
                : Mono.just(new Reply(plan.would(asked.force()), plan.mark(), time.now()));
    }

    private static ResponseEntity<Answer<RestoreView>> done(Reply reply) {
        return Replies.answer(RestoreView.of((Restored) reply.outcome(), false), reply)
                .respond(HttpStatus.OK);
    }
}
