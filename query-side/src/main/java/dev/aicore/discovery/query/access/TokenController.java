package dev.aicore.discovery.query.access;

import dev.aicore.discovery.access.TokenIssuer;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import java.time.Instant;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Exchanges an API key for a token. */
@RestController
final class TokenController {

    private final TokenIssuer tokenIssuer;
    private final TimeSource time;

    TokenController(TokenIssuer tokenIssuer, TimeSource time) {
        this.tokenIssuer = tokenIssuer;
        this.time = time;
    }

    /**
     * Token response.
     *
     * @param expiresIn lifetime in seconds
     */
    record Token(
            String accessToken, String tokenType, long expiresIn, Instant expiresAt, String principal, String role) {
        @Override
        public String toString() {
            return "Token[" + principal + "]";
        }
    }

    @PostMapping(path = "/api/v1/auth/token", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<Token>>> issue(JsonBody jsonBody, ServerHttpRequest request) {
        return jsonBody.optional().map(jsonFields -> {
            jsonFields.rejectUnknown();
            jsonFields.validate();
            var issuedToken = tokenIssuer.exchange(request);
            var token = new Token(
                    issuedToken.text(),
                    "Bearer",
                    issuedToken.life().toSeconds(),
                    issuedToken.expiresAt(),
                    issuedToken.principal(),
                    issuedToken.role());
            return ApiResponse.of(token, time.now())
                    .respond(HttpStatus.OK, headers -> headers.set(HttpHeaders.CACHE_CONTROL, "no-store"));
        });
    }
}
