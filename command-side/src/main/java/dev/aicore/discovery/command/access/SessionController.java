package dev.aicore.discovery.command.access;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.access.ApiKeyCommand.EndSessions;
import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Ends all sessions of browsers that were started with the caller's API key, on all nodes. */
@RestController
final class SessionController {

    private final ApiKeyService service;
    private final TimeSource time;

    SessionController(ApiKeyService service, TimeSource time) {
        this.service = service;
        this.time = time;
    }

    record SessionsEndResponse(String keyId, boolean ended) {}

    @DeleteMapping(path = "/api/v1/auth/sessions", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<SessionsEndResponse>>> end(Caller caller, JsonBody jsonBody) {
        return EventMetadataFactory.withReasonOf(caller, jsonBody).flatMap(by -> {
            var keyId = by.admission().keyId();
            if (keyId == null) {
                return Mono.error(() -> new RegistryException(
                        ErrorCode.CONFLICT,
                        "Sessions are ended by the API key that they were started with.",
                        new FieldError(
                                HttpHeaders.AUTHORIZATION, "is not of an API key", null, "a key, or its token")));
            }
            var now = time.now();
            var command = new EndSessions(ApiKeyStream.NAME, keyId, now, EventMetadataFactory.of(by, null));
            return Mono.fromFuture(() -> service.execute(command), true)
                    .map(position -> ApiResponse.ok(new SessionsEndResponse(keyId, true), position, now));
        });
    }
}
