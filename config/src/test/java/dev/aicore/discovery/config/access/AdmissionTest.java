package dev.aicore.discovery.config.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.access.KeyIssued;
import dev.aicore.discovery.api.access.KeyRevoked;
import dev.aicore.discovery.api.access.KeyRotated;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.settings.LoginSettings;
import dev.aicore.discovery.config.settings.RbacSettings;
import dev.aicore.discovery.config.settings.Settings;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.time.ManualTime;
import dev.aicore.discovery.config.time.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;

/** For how long callers may be told more, after they were let in. */
class AdmissionTest {

    private static final Envelope BY = Envelope.ofRegistry("rest");
    private static final Duration LIFE = Duration.ofHours(1);

    private final ManualTime time = ManualTime.atNoon();
    private final Instant noon = time.now();
    private final ApiKey key = ApiKey.generate(Secrets.random());
    private final KeyRing ring = new KeyRing(Duration.ofMinutes(10), time);
    private final IssuerSettings issuer = Settings.defaults().get(IssuerSettings.class);
    private final TokenKey secret = TokenKey.of(ForgedTokenTest.SECRET);
    private final Authenticator authenticator = authenticator();

    @Test
    void aKeyIsGoodUntilItEnds() {
        issue(noon.plusSeconds(60));
        var admission = byKey(key);
        time.pass(Duration.ofMillis(59_999));
        assertThat(admission.holds()).isTrue();
        time.pass(Duration.ofMillis(1));
        assertThat(admission.holds()).isFalse();
    }

    @Test
    void aKeyAndItsTokenAreGoodUntilItIsRevoked() {
        issue(null);
        var admissions = List.of(byKey(key), byToken(key));
        assertThat(admissions).allMatch(Admission::holds);
        ring.apply(new KeyRevoked(key.id(), noon, BY));
        assertThat(admissions).noneMatch(Admission::holds);
    }

    @Test
    void aTokenIsGoodUntilItExpires() {
        issue(null);
        var admission = byToken(key);
        time.pass(LIFE.minusMillis(1));
        assertThat(admission.holds()).isTrue();
        time.pass(Duration.ofMillis(1));
        assertThat(admission.holds()).isFalse();
    }

    @Test
    void theSecretBeforeARotationAndItsTokensAreGoodForTheOverlap() {
        issue(null);
        var before = List.of(byKey(key), byToken(key));
        time.pass(Duration.ofMillis(1));
        var next = ApiKey.generate(Secrets.random()).as(key.id());
        ring.apply(new KeyRotated(key.id(), next.hash(), time.now().plusSeconds(30), time.now(), BY));
        var meanwhile = List.of(byKey(key), byToken(key));
        var after = List.of(byKey(next), byToken(next));
        time.pass(Duration.ofMillis(29_999));
        assertThat(before).allMatch(Admission::holds);
        time.pass(Duration.ofMillis(1));
        assertThat(before).noneMatch(Admission::holds);
        assertThat(meanwhile).noneMatch(Admission::holds);
        assertThat(after).allMatch(Admission::holds);
    }

    @Test
    void whatCantBeSeenForTooLongIsNotGood() {
        issue(null);
        var admission = byKey(key);
        ring.followedBy(() -> Duration.ofMinutes(11));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> admission.over(Mono.just(1)).block())
                .matches(refusal -> refusal.code() == ErrorCode.NOT_READY);
        assertThat(admission.holds()).isFalse();
    }

    private void issue(@Nullable Instant expiresAt) {
        ring.apply(new KeyIssued(key.id(), "ann", "service", "", key.hash(), noon, expiresAt, BY));
    }

    private Admission byKey(ApiKey shown) {
        return of(new Credentials.Key(shown.text()));
    }

    private Admission byToken(ApiKey traded) {
        var request = MockServerHttpRequest.post("/")
                .header(Credentials.KEY_HEADER, traded.text())
                .build();
        var token = new Tokens(secret, issuer, ring, LIFE, time).trade(request).text();
        return of(new Credentials.Token(token));
    }

    private Admission of(Credentials shown) {
        var request = MockServerHttpRequest.get("/").build();
        return Objects.requireNonNull(authenticator.identify(shown, request).block())
                .admission();
    }

    private Authenticator authenticator() {
        var roles = new Roles(new RbacSettings(true, "viewer", List.of()));
        var claims = new TokenClaims(issuer, Duration.ofHours(24), roles, time);
        return new Authenticator(
                new TokenVerifier(TokenDecoders.ofSecret(secret, claims), claims, new TokenCache(10), time),
                ring,
                new ClientCertificates(Settings.defaults().get(TlsSettings.class), time),
                new LoginThrottle(new LoginSettings(30, Duration.ofMinutes(1)), time),
                roles,
                new FirstUses(ring),
                time);
    }
}
