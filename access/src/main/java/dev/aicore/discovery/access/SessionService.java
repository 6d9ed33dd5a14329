package dev.aicore.discovery.access;

import dev.aicore.discovery.config.settings.AuthSettings.SessionSettings;
import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Signs browsers in. A browser keeps its credential in a sealed cookie that no script can read, and exchanges it for
 * short tokens, with which it uses the API like every other client. The API itself accepts no cookie.
 *
 * <p>All methods require that a page of this server sent the request.
 */
public final class SessionService {

    private final CredentialVerifier credentialVerifier;
    private final ApiKeyRegistry keys;
    private final TokenIssuer tokenIssuer;
    private final SessionCipher sessionCipher;
    private final AnonymousAdmission anonymousAdmission;
    private final IssuerSettings issuer;
    private final SessionSettings settings;
    private final IdGenerator idGenerator;
    private final TimeSource time;

    SessionService(
            CredentialVerifier credentialVerifier,
            ApiKeyRegistry keys,
            TokenIssuer tokenIssuer,
            SessionCipher sessionCipher,
            AnonymousAdmission anonymousAdmission,
            IssuerSettings issuer,
            SessionSettings settings,
            IdGenerator idGenerator,
            TimeSource time) {
        this.credentialVerifier = credentialVerifier;
        this.keys = keys;
        this.tokenIssuer = tokenIssuer;
        this.sessionCipher = sessionCipher;
        this.anonymousAdmission = anonymousAdmission;
        this.issuer = issuer;
        this.settings = settings;
        this.idGenerator = idGenerator;
        this.time = time;
    }

    /**
     * Credential that a page may send with its requests.
     *
     * @param scheme scheme of the header {@code Authorization}
     * @param text a short token; or the caller's own credential, where tokens are another issuer's
     * @param expiresAt time after which the page must exchange its session again; null for never
     */
    public record PageCredential(
            String scheme,
            String text,
            String principal,
            String role,
            @Nullable Instant expiresAt) {
        @Override
        public String toString() {
            return "PageCredential[" + principal + ", " + role + ", " + expiresAt + "]";
        }
    }

    /**
     * Result of a sign-in.
     *
     * @param sealedSession value of the cookie; null if the browser can't protect one on this connection
     * @param expiresAt end of the session
     */
    public record SignIn(
            PageCredential credential, @Nullable String sealedSession, Instant expiresAt) {
        @Override
        public String toString() {
            return "SignIn[" + credential + ", " + expiresAt + "]";
        }
    }

    /**
     * Verifies a credential and starts a session. A wrong credential counts as a failed login.
     *
     * @param secret API key or token
     * @return fails with {@code unauthorized} if the credential is wrong or the request is of another site, and with
     *     {@code rate_limited} after too many failures
     */
    public Mono<SignIn> signIn(String secret, ServerHttpRequest request) {
        return Mono.defer(() -> {
            CrossSiteRequestCheck.requireOwnPage(request);
            var credentials = Credentials.ofSecret(secret);
            return credentialVerifier
                    .verify(credentials, request)
                    .publishOn(Schedulers.boundedElastic())
                    .map(identity -> start(credentials, identity, request));
        });
    }

    /**
     * Exchanges a session for a credential of the page; empty if there is no valid session.
     *
     * @param sealedSession value of the cookie; null if the browser sent none
     * @return fails with {@code unauthorized} if the session's credential is no longer valid
     */
    public Mono<PageCredential> resume(@Nullable String sealedSession, ServerHttpRequest request) {
        return Mono.defer(() -> {
            CrossSiteRequestCheck.requireOwnPage(request);
            var session = sealedSession == null ? null : open(sealedSession);
            if (session == null) {
                return Mono.empty();
            }
            var credentials = Credentials.ofSecret(session.credential());
            return credentialVerifier
                    .verify(credentials, request)
                    .filter(identity -> isLive(session, identity))
                    .map(identity -> credential(credentials, identity, session));
        });
    }

    /** Returns true if the page needs no credential, because the server admits the caller as {@code anonymous}. */
    public boolean isAnonymousAdmitted(ServerHttpRequest request) {
        return anonymousAdmission.isAdmitted(request);
    }

    /**
     * Checks that a page of this server ends the session.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code unauthorized} otherwise
     */
    public void requireSignOut(ServerHttpRequest request) {
        CrossSiteRequestCheck.requireOwnPage(request);
    }

    private SignIn start(Credentials credentials, Identity identity, ServerHttpRequest request) {
        var now = time.now();
        var end = earlier(now.plus(settings.lifetime()), identity);
        var session = new BrowserSession(idGenerator.next().toString(), now, end, credentials.text());
        var sealed = CrossSiteRequestCheck.isSecureOrigin(request) ? sessionCipher.seal(session.format()) : null;
        return new SignIn(credential(credentials, identity, session), sealed, end);
    }

    private @Nullable BrowserSession open(String sealedSession) {
        var text = sessionCipher.open(sealedSession);
        var session = text == null ? null : BrowserSession.parse(text);
        return session == null || !session.expiresAt().isAfter(time.now()) ? null : session;
    }

    private boolean isLive(BrowserSession session, Identity identity) {
        var keyId = identity.keyId();
        return keyId == null || keys.isSessionLive(keyId, session.startedAt().toEpochMilli());
    }

    private PageCredential credential(Credentials credentials, Identity identity, BrowserSession session) {
        if (credentials instanceof Credentials.Key && !issuer.external()) {
            var token = tokenIssuer.issue(
                    identity, settings.tokenLifetime(), session.startedAt().toEpochMilli());
            return new PageCredential("Bearer", token.text(), token.principal(), token.role(), token.expiresAt());
        }
        var scheme = credentials instanceof Credentials.Key ? "ApiKey" : "Bearer";
        return new PageCredential(
                scheme, credentials.text(), identity.principal(), identity.role(), session.expiresAt());
    }

    private static Instant earlier(Instant end, Identity identity) {
        return identity.isOver(end.toEpochMilli()) ? Instant.ofEpochMilli(identity.expiresAt()) : end;
    }
}
