package dev.aicore.discovery.ui;

import dev.aicore.discovery.access.SessionService;
import dev.aicore.discovery.access.SessionService.PageCredential;
import dev.aicore.discovery.access.SessionService.SignIn;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.TypedJsonBody;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Signs browsers in and out. The cookie is sent to these routes only, never to the API, and no script can read it. Only
 * pages of this server may use the routes.
 */
@RestController
@RequestMapping(path = UiSessionController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class UiSessionController {

    static final String PATH = "/ui/session";

    /** Name of the cookie; its prefix makes browsers refuse it over an unprotected connection (RFC 6265bis, 4.1.3). */
    static final String COOKIE = "__Secure-registry-session";

    /** Maximum size of a cookie's value that all browsers store. A larger session lasts as long as its page. */
    private static final int MAX_COOKIE_LENGTH = 3_800;

    private final SessionService sessions;
    private final TimeSource time;

    UiSessionController(SessionService sessions, TimeSource time) {
        this.sessions = sessions;
        this.time = time;
    }

    /**
     * Sign-in.
     *
     * @param credential API key or token
     */
    record SignInRequest(@Size(min = 1, max = 8_192) String credential) {
        @Override
        public String toString() {
            return "SignInRequest";
        }
    }

    /**
     * Session of a page.
     *
     * @param signedIn true if the page has a credential
     * @param required true if the API requires a credential; false if it admits the page as anonymous
     * @param stored true if the browser was given a cookie; null unless the page signs in
     * @param scheme scheme of the header {@code Authorization}
     * @param credential text that follows the scheme
     * @param expiresAt time before which the page must exchange its session again; null for never
     */
    record SessionView(
            boolean signedIn,
            boolean required,
            @Nullable Boolean stored,
            @Nullable String scheme,
            @Nullable String credential,
            @Nullable String principal,
            @Nullable String role,
            @Nullable Instant expiresAt) {
        @Override
        public String toString() {
            return "SessionView[" + signedIn + ", " + principal + "]";
        }
    }

    @PostMapping
    Mono<ResponseEntity<ApiResponse<SessionView>>> signIn(
            TypedJsonBody<SignInRequest> body, ServerHttpRequest request) {
        return body.required()
                .flatMap(read -> sessions.signIn(read.credential().strip(), request))
                .map(this::signedIn);
    }

    @PostMapping("/token")
    Mono<ResponseEntity<ApiResponse<SessionView>>> exchange(JsonBody body, ServerHttpRequest request) {
        var cookie = request.getCookies().getFirst(COOKIE);
        var session = sessions.resume(cookie == null ? null : cookie.getValue(), request)
                .map(credential -> view(credential, null))
                .switchIfEmpty(Mono.fromSupplier(() -> signedOut(request)));
        return body.required().then(session).map(view -> answer(view, null));
    }

    @DeleteMapping
    ResponseEntity<ApiResponse<SessionView>> signOut(ServerHttpRequest request) {
        sessions.requireSignOut(request);
        return answer(signedOut(request), cookie("", Duration.ZERO));
    }

    private ResponseEntity<ApiResponse<SessionView>> signedIn(SignIn signIn) {
        var sealed = signIn.sealedSession();
        var cookie = sealed == null || sealed.length() > MAX_COOKIE_LENGTH
                ? null
                : cookie(sealed, Duration.between(time.now(), signIn.expiresAt()));
        return answer(view(signIn.credential(), cookie != null), cookie);
    }

    private ResponseEntity<ApiResponse<SessionView>> answer(SessionView view, @Nullable ResponseCookie cookie) {
        return ApiResponse.of(view, time.now()).respond(HttpStatus.OK, headers -> {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
            if (cookie != null) {
                headers.set(HttpHeaders.SET_COOKIE, cookie.toString());
            }
        });
    }

    private static SessionView view(PageCredential credential, @Nullable Boolean stored) {
        return new SessionView(
                true,
                true,
                stored,
                credential.scheme(),
                credential.text(),
                credential.principal(),
                credential.role(),
                credential.expiresAt());
    }

    private SessionView signedOut(ServerHttpRequest request) {
        return new SessionView(false, !sessions.isAnonymousAdmitted(request), null, null, null, null, null, null);
    }

    private static ResponseCookie cookie(String value, Duration lifetime) {
        return ResponseCookie.from(COOKIE, value)
                .path(PATH)
                .httpOnly(true)
                .secure(true)
                .sameSite("Strict")
                .maxAge(lifetime)
                .build();
    }
}
