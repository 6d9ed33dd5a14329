package dev.aicore.discovery.command.access;

import dev.aicore.discovery.access.ApiKey;
import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.PrincipalNameRule;
import dev.aicore.discovery.access.RequestReason;
import dev.aicore.discovery.access.RoleResolver;
import dev.aicore.discovery.api.access.ApiKeyCommand;
import dev.aicore.discovery.api.access.ApiKeyCommand.IssueKey;
import dev.aicore.discovery.api.access.ApiKeyCommand.RevokeKey;
import dev.aicore.discovery.api.access.ApiKeyCommand.RotateKey;
import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.TextConstraint;
import dev.aicore.discovery.web.TypedJsonBody;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Issues, rotates and revokes API keys. A key is part of the response that creates it, and can't be retrieved later.
 */
@RestController
@RequestMapping(path = ApiKeyController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class ApiKeyController {

    static final String PATH = "/api/v1/admin/api-keys";

    private static final TextConstraint KEY_ID =
            TextConstraint.matching(Pattern.compile("[a-z0-9]{1,32}"), "1 to 32 lower-case letters and digits");
    private static final int MAX_LIFETIME_SECONDS = 10 * 365 * 86_400;
    private static final int MAX_OVERLAP_SECONDS = 7 * 86_400;

    private final ApiKeyService service;
    private final Choices<String> roles;
    private final TimeSource time;

    ApiKeyController(ApiKeyService service, RoleResolver roleResolver, TimeSource time) {
        this.service = service;
        this.roles = Choices.ofNames(roleResolver.names().toArray(String[]::new));
        this.time = time;
    }

    /** Issued key with its secret, shown once. */
    record IssueResponse(
            String keyId,
            String key,
            String principal,
            String role,
            @Nullable Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[" + keyId + "]";
        }
    }

    /** Rotated key with its new secret, shown once. */
    record RotateResponse(String keyId, String key, Instant previousUntil) {
        @Override
        public String toString() {
            return "Rotated[" + keyId + "]";
        }
    }

    record RevokeResponse(String keyId, boolean revoked) {}

    private record KeyRequest(
            String principal,
            String role,
            String description,
            @Nullable Integer expiresIn,
            @Nullable String reason) {}

    record RotateRequest(
            @Min(0) @Max(MAX_OVERLAP_SECONDS) int overlap,

            @Size(min = 1, max = RequestReason.MAX_LENGTH) @Nullable
            String reason) {}

    @PostMapping
    Mono<ResponseEntity<ApiResponse<IssueResponse>>> issue(Caller caller, JsonBody jsonBody) {
        return jsonBody.required()
                .map(jsonFields -> read(jsonFields, jsonBody))
                .flatMap(keyRequest -> issue(keyRequest, caller));
    }

    private Mono<ResponseEntity<ApiResponse<IssueResponse>>> issue(KeyRequest keyRequest, Caller caller) {
        var now = time.now();
        var end = keyRequest.expiresIn() == null ? null : now.plusSeconds(keyRequest.expiresIn());
        Function<ApiKey, ApiKeyCommand> command = key -> new IssueKey(
                ApiKeyStream.NAME,
                key.id(),
                keyRequest.principal(),
                keyRequest.role(),
                keyRequest.description(),
                key.hash(),
                now,
                end,
                EventMetadataFactory.of(caller.withReason(keyRequest.reason()), null));
        return Mono.fromFuture(() -> service.create(command), true).map(createdKey -> {
            var key = createdKey.key();
            var issueResponse = new IssueResponse(key.id(), key.text(), keyRequest.principal(), keyRequest.role(), end);
            return ApiResponse.of(issueResponse, createdKey.position(), now).respond(HttpStatus.CREATED, headers -> {
                headers.setLocation(URI.create(PATH + "/" + key.id()));
                headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
            });
        });
    }

    @PostMapping("/{key_id}/rotate")
    Mono<ResponseEntity<ApiResponse<RotateResponse>>> rotate(
            @PathVariable("key_id") String id, Caller caller, TypedJsonBody<RotateRequest> body) {
        KEY_ID.require("key_id", id);
        rejectIdempotencyKey(body.jsonBody());
        return body.optional().flatMap(request -> rotate(id, request.overlap(), caller.withReason(request.reason())));
    }

    private Mono<ResponseEntity<ApiResponse<RotateResponse>>> rotate(String id, int overlap, Caller caller) {
        var now = time.now();
        var until = now.plusSeconds(overlap);
        Function<ApiKey, ApiKeyCommand> command = key -> new RotateKey(
                ApiKeyStream.NAME, id, key.as(id).hash(), until, now, EventMetadataFactory.of(caller, null));
        return Mono.fromFuture(() -> service.create(command), true)
                .map(createdKey -> ApiResponse.of(
                                new RotateResponse(id, createdKey.key().as(id).text(), until),
                                createdKey.position(),
                                now)
                        .respond(HttpStatus.OK, headers -> headers.set(HttpHeaders.CACHE_CONTROL, "no-store")));
    }

    @DeleteMapping("/{key_id}")
    Mono<ResponseEntity<ApiResponse<RevokeResponse>>> revoke(
            @PathVariable("key_id") String id, Caller caller, JsonBody jsonBody) {
        KEY_ID.require("key_id", id);
        return EventMetadataFactory.withReasonOf(caller, jsonBody).flatMap(by -> {
            var now = time.now();
            var command = new RevokeKey(ApiKeyStream.NAME, id, now, EventMetadataFactory.of(by, null));
            return Mono.fromFuture(() -> service.execute(command), true)
                    .map(position -> ApiResponse.ok(new RevokeResponse(id, true), position, now));
        });
    }

    private KeyRequest read(JsonFields jsonFields, JsonBody jsonBody) {
        rejectIdempotencyKey(jsonBody);
        var principal = jsonFields.text("principal", PrincipalNameRule.NAME);
        var role = jsonFields.choiceOrNull("role", roles);
        if (!jsonFields.has("role")) {
            jsonFields.reject("role", "is required", roles.expected());
        }
        var description =
                Objects.requireNonNullElse(jsonFields.textOrNull("description", TextConstraint.upTo(256)), "");
        var expiresIn = jsonFields.integerOrNull("expires_in", 1, MAX_LIFETIME_SECONDS);
        var reason = EventMetadataFactory.reasonIn(jsonFields);
        jsonFields.rejectUnknown();
        jsonFields.validate();
        return new KeyRequest(
                Objects.requireNonNull(principal), Objects.requireNonNull(role), description, expiresIn, reason);
    }

    /** Refuses an idempotency key: the response could not be repeated, since the secret is not stored. */
    private static void rejectIdempotencyKey(JsonBody jsonBody) {
        if (jsonBody.idempotencyKey() != null) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    "No " + IdempotencyKeyHeader.HEADER + " is accepted here: a key is shown once and never stored.",
                    new FieldError(IdempotencyKeyHeader.HEADER, "is not accepted here", null, "no such header"));
        }
    }
}
