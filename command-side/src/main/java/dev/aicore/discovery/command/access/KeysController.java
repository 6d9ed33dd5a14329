package dev.aicore.discovery.command.access;

import dev.aicore.discovery.api.access.AccessBook;
import dev.aicore.discovery.api.access.IssueKey;
import dev.aicore.discovery.api.access.RevokeKey;
import dev.aicore.discovery.api.access.RotateKey;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.instance.Envelopes;
import dev.aicore.discovery.config.access.ApiKey;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.access.Principals;
import dev.aicore.discovery.config.access.Roles;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.IdempotencyKey;
import dev.aicore.discovery.config.web.Text;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
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

/** Keys: issuing, rotating and revoking them. A key is in the answer that makes it, and nowhere after. */
@RestController
@RequestMapping(path = KeysController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class KeysController {

    static final String PATH = "/api/v1/admin/api-keys";

    private static final Text KEY_ID =
            Text.matching(Pattern.compile("[a-z0-9]{1,32}"), "1 to 32 lower-case letters and digits");
    private static final int LONGEST_LIFE_SECONDS = 10 * 365 * 86_400;
    private static final int LONGEST_OVERLAP_SECONDS = 7 * 86_400;

    private final KeyDesk desk;
    private final Map<String, String> roles;
    private final TimeSource time;

    KeysController(KeyDesk desk, Roles roles, TimeSource time) {
        this.desk = desk;
        this.roles = roles.byName();
        this.time = time;
    }

    /** A key, shown once. */
    record Issued(
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

    /** The same key with another secret, shown once. */
    record Rotated(String keyId, String key, Instant previousUntil) {
        @Override
        public String toString() {
            return "Rotated[" + keyId + "]";
        }
    }

    record Revoked(String keyId, boolean revoked) {}

    private record Asked(
            String principal,
            String role,
            String description,
            @Nullable Integer expiresIn,
            @Nullable String reason) {}

    @PostMapping
    Mono<ResponseEntity<Answer<Issued>>> issue(Caller caller, Body body) {
        return body.required().map(fields -> read(fields, body)).flatMap(asked -> issue(asked, caller));
    }

    private Mono<ResponseEntity<Answer<Issued>>> issue(Asked asked, Caller caller) {
        var now = time.now();
        var end = asked.expiresIn() == null ? null : now.plusSeconds(asked.expiresIn());
        Function<ApiKey, Object> command = key -> new IssueKey(
                AccessBook.NAME,
                key.id(),
                asked.principal(),
                asked.role(),
                asked.description(),
                key.hash(),
                now,
                end,
                Envelopes.of(caller.because(asked.reason()), null));
        return Mono.fromFuture(() -> desk.make(command), true).map(made -> {
            var key = made.key();
            var issued = new Issued(key.id(), key.text(), asked.principal(), asked.role(), end);
            return Answer.of(issued, made.position(), now).respond(HttpStatus.CREATED, headers -> {
                headers.setLocation(URI.create(PATH + "/" + key.id()));
                headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
            });
        });
    }

    @PostMapping("/{key_id}/rotate")
    Mono<ResponseEntity<Answer<Rotated>>> rotate(@PathVariable("key_id") String id, Caller caller, Body body) {
        KEY_ID.require("key_id", id);
        return body.optional().flatMap(fields -> {
            refuseKeyOfWrite(body);
            var overlap = fields.integerOr("overlap", 0, LONGEST_OVERLAP_SECONDS, 0);
            var reason = Envelopes.reasonIn(fields);
            fields.rejectUnknown();
            fields.orThrow();
            return rotate(id, overlap, caller.because(reason));
        });
    }

    private Mono<ResponseEntity<Answer<Rotated>>> rotate(String id, int overlap, Caller caller) {
        var now = time.now();
        var until = now.plusSeconds(overlap);
        Function<ApiKey, Object> command =
                key -> new RotateKey(AccessBook.NAME, id, key.as(id).hash(), until, now, Envelopes.of(caller, null));
        return Mono.fromFuture(() -> desk.make(command), true)
                .map(made -> Answer.of(new Rotated(id, made.key().as(id).text(), until), made.position(), now)
                        .respond(HttpStatus.OK, headers -> headers.set(HttpHeaders.CACHE_CONTROL, "no-store")));
    }

    @DeleteMapping("/{key_id}")
    Mono<ResponseEntity<Answer<Revoked>>> revoke(@PathVariable("key_id") String id, Caller caller, Body body) {
        KEY_ID.require("key_id", id);
        return Envelopes.because(caller, body).flatMap(by -> {
            var now = time.now();
            var command = new RevokeKey(AccessBook.NAME, id, now, Envelopes.of(by, null));
            return Mono.fromFuture(() -> desk.ask(command), true)
                    .map(position -> Answer.ok(new Revoked(id, true), position, now));
        });
    }

    private Asked read(Fields fields, Body body) {
        refuseKeyOfWrite(body);
        var principal = fields.text("principal", Principals.NAME);
        var role = fields.choiceOrNull("role", roles);
        if (!fields.has("role")) {
            fields.reject("role", "is required", "one of " + String.join(", ", roles.keySet()));
        }
        var description = Objects.requireNonNullElse(fields.textOrNull("description", Text.upTo(256)), "");
        var expiresIn = fields.integerOrNull("expires_in", 1, LONGEST_LIFE_SECONDS);
        var reason = Envelopes.reasonIn(fields);
        fields.rejectUnknown();
        fields.orThrow();
        return new Asked(
                Objects.requireNonNull(principal), Objects.requireNonNull(role), description, expiresIn, reason);
    }

    /** The answer could not be given again: it holds what is kept nowhere. */
    private static void refuseKeyOfWrite(Body body) {
        if (body.idempotencyKey() != null) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    "No " + IdempotencyKey.HEADER + " is taken here: a key is shown once, and kept nowhere.",
                    new FieldError(IdempotencyKey.HEADER, "is not taken here", null, "no such header"));
        }
    }
}
