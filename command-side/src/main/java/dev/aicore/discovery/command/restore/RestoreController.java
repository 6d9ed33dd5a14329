package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome.Restored;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
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

/** Restores a service to its state at an earlier point. */
@RestController
final class RestoreController {

    private static final TextConstraint TOKEN = TextConstraint.nonEmpty(64);
    private static final TextConstraint REASON = TextConstraint.nonEmpty(512);

    private final ServiceComparator comparator;
    private final CommandGateway commandGateway;
    private final IdempotentExecutor idempotent;
    private final TimeSource time;

    RestoreController(
            ServiceComparator comparator, CommandGateway commandGateway, IdempotentExecutor executor, TimeSource time) {
        this.comparator = comparator;
        this.commandGateway = commandGateway;
        this.idempotent = executor;
        this.time = time;
    }

    private record RestoreRequest(
            AsOfPoint at,
            boolean force,
            boolean dryRun,
            @Nullable String token,
            EventMetadata by) {}

    @PostMapping(path = "/api/v1/services/{service_name}/restore", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<RestoreView>>> restore(
            @PathVariable("service_name") String service,
            Caller caller,
            QueryParameters queryParameters,
            JsonBody jsonBody,
            ServerWebExchange exchange) {
        NameRules.SERVICE.require("service_name", service);
        queryParameters.validate();
        return jsonBody.required()
                .map(jsonFields -> read(jsonFields, caller, jsonBody))
                .flatMap(restoreRequest -> restoreRequest.dryRun()
                        ? plan(service, restoreRequest).map(plan -> respondPreview(plan, restoreRequest))
                        : CommandReplyMapper.await(() -> idempotent.run(
                                        exchange, caller, jsonBody, key -> restore(service, restoreRequest, key)))
                                .map(RestoreController::respondResult));
    }

    private CompletableFuture<CommandReply> restore(
            String service, RestoreRequest restoreRequest, @Nullable IdempotencyKey key) {
        return plan(service, restoreRequest)
                .flatMap(plan -> run(plan, restoreRequest, key))
                .toFuture()
                .thenApply(Objects::requireNonNull);
    }

    private static RestoreRequest read(JsonFields jsonFields, Caller caller, JsonBody jsonBody) {
        // Responses contain positions as numbers, so both numbers and strings are accepted.
        var text = jsonFields.isNumber("at")
                ? Long.toString(jsonFields.number("at", 0, Long.MAX_VALUE))
                : jsonFields.text("at", TOKEN);
        var at = AsOfParser.parse(text);
        if (at == null && !text.isEmpty()) {
            jsonFields.reject("at", "is not a point in time", AsOfParser.EXPECTED);
        }
        boolean force = jsonFields.boolOr("force", false);
        boolean dryRun = jsonFields.boolOr("dry_run", false);
        var token = jsonFields.textOrNull("token", TOKEN);
        var reason = jsonFields.textOrNull("reason", REASON);
        jsonFields.rejectUnknown();
        jsonFields.validate();
        var reasonText = reason == null && caller.reason() == null ? "Restored as it was at " + text : reason;
        return new RestoreRequest(
                Objects.requireNonNull(at),
                force,
                dryRun,
                token,
                EventMetadataFactory.of(caller.withReason(reasonText), jsonBody.idempotencyKey()));
    }

    private Mono<RestorePlan> plan(String service, RestoreRequest restoreRequest) {
        return comparator
                .compare(service, restoreRequest.at())
                .map(serviceComparison -> RestorePlan.of(service, serviceComparison))
                .doOnNext(plan -> requireSame(restoreRequest.token(), plan));
    }

    private static void requireSame(@Nullable String token, RestorePlan plan) {
        if (token != null && !token.equals(plan.point().token())) {
            throw new RegistryException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The service has changed since the dry run; repeat the dry run.",
                    new FieldError(
                            "token",
                            "belongs to another plan",
                            token,
                            plan.point().token()));
        }
    }

    private ResponseEntity<ApiResponse<RestoreView>> respondPreview(RestorePlan plan, RestoreRequest restoreRequest) {
        return ApiResponse.ok(RestoreView.of(plan.preview(restoreRequest.force()), true), plan.mark(), time.now());
    }

    private Mono<CommandReply> run(RestorePlan plan, RestoreRequest restoreRequest, @Nullable IdempotencyKey key) {
        return plan.isDue(restoreRequest.force())
                ? Mono.fromFuture(
                        () -> commandGateway.restore(plan.toCommand(restoreRequest.force(), restoreRequest.by()), key),
                        true)
                : Mono.just(new CommandReply(plan.preview(restoreRequest.force()), plan.mark(), time.now()));
    }

    private static ResponseEntity<ApiResponse<RestoreView>> respondResult(CommandReply commandReply) {
        return CommandReplyMapper.toResponse(RestoreView.of((Restored) commandReply.outcome(), false), commandReply)
                .respond(HttpStatus.OK);
    }
}
