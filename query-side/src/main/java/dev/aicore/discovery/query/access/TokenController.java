package dev.aicore.discovery.query.access;

import dev.aicore.discovery.config.access.Tokens;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import java.time.Instant;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Trades an API key for a token. */
@RestController
final class TokenController {

    private final Tokens tokens;
    private final TimeSource time;

    TokenController(Tokens tokens, TimeSource time) {
        this.tokens = tokens;
        this.time = time;
    }

    /**
     * A token.
     *
     * @param expiresIn seconds until it ends
     */
    record Token(
            String accessToken, String tokenType, long expiresIn, Instant expiresAt, String principal, String role) {
        @Override
        public String toString() {
            return "Token[" + principal + "]";
        }
    }

    @PostMapping(path = "/api/v1/auth/token", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<Token>>> trade(Body body, ServerHttpRequest request) {
        return body.optional().map(fields -> {
            fields.rejectUnknown();
            fields.orThrow();
            var issued = tokens.trade(request);
            var token = new Token(
                    issued.text(),
                    "Bearer",
                    issued.life().toSeconds(),
                    issued.expiresAt(),
                    issued.principal(),
                    issued.role());
            return Answer.of(token, time.now())
                    .respond(HttpStatus.OK, headers -> headers.set(HttpHeaders.CACHE_CONTROL, "no-store"));
        });
    }
}
