package dev.aicore.discovery.access;

import static dev.aicore.discovery.api.testing.KeyIssuedBuilder.aKeyIssued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRevoked;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRotated;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.AuthSettings.LoginSettings;
import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.settings.RbacSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.config.time.SecretGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;

/** Tests until when an admitted caller may receive more of an answer. */
class CredentialValidityTest {

    private static final EventMetadata BY = EventMetadata.ofRegistry("rest");
    private static final Duration LIFE = Duration.ofHours(1);

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final Instant noon = time.now();
    private final ApiKey key = ApiKey.generate(SecretGenerator.random());
    private final ApiKeyRegistry ring = new ApiKeyRegistry(Duration.ofMinutes(10), time);
    private final IssuerSettings issuer = SettingsBinder.defaults().get(IssuerSettings.class);
    private final TokenSigningKey secret = TokenSigningKey.of(TokenServerFixture.SECRET);
    private final CredentialVerifier credentialVerifier = authenticator();

    @Test
    void apiKey_isValidUntilExpiry() {
        issue(noon.plusSeconds(60));
        var validity = byKey(key);
        time.pass(Duration.ofMillis(59_999));
        assertThat(validity.isValid()).isTrue();
        time.pass(Duration.ofMillis(1));
        assertThat(validity.isValid()).isFalse();
    }

    @Test
    void apiKeyAndToken_areValidUntilRevocation() {
        issue(null);
        var admissions = List.of(byKey(key), byToken(key));
        assertThat(admissions).allMatch(CredentialValidity::isValid);
        ring.apply(new KeyRevoked(key.id(), noon, BY));
        assertThat(admissions).noneMatch(CredentialValidity::isValid);
    }

    @Test
    void token_isValidUntilExpiry() {
        issue(null);
        var validity = byToken(key);
        time.pass(LIFE.minusMillis(1));
        assertThat(validity.isValid()).isTrue();
        time.pass(Duration.ofMillis(1));
        assertThat(validity.isValid()).isFalse();
    }

    @Test
    void oldSecretAndTokens_afterRotation_areValidDuringOverlap() {
        issue(null);
        var before = List.of(byKey(key), byToken(key));
        time.pass(Duration.ofMillis(1));
        var next = ApiKey.generate(SecretGenerator.random()).as(key.id());
        ring.apply(new KeyRotated(key.id(), next.hash(), time.now().plusSeconds(30), time.now(), BY));
        var meanwhile = List.of(byKey(key), byToken(key));
        var after = List.of(byKey(next), byToken(next));
        time.pass(Duration.ofMillis(29_999));
        assertThat(before).allMatch(CredentialValidity::isValid);
        time.pass(Duration.ofMillis(1));
        assertThat(before).noneMatch(CredentialValidity::isValid);
        assertThat(meanwhile).noneMatch(CredentialValidity::isValid);
        assertThat(after).allMatch(CredentialValidity::isValid);
    }

    @Test
    void apiKey_ifFollowerLagExceedsStaleLimit_isInvalid() {
        issue(null);
        var validity = byKey(key);
        ring.setStalenessSource(() -> Duration.ofMinutes(11));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> validity.validating(Mono.just(1)).block())
                .matches(refusal -> refusal.code() == ErrorCode.NOT_READY);
        assertThat(validity.isValid()).isFalse();
    }

    private void issue(@Nullable Instant expiresAt) {
        ring.apply(aKeyIssued(key.id(), key.hash())
                .issuedAt(noon)
                .expiresAt(expiresAt)
                .build());
    }

    private CredentialValidity byKey(ApiKey shown) {
        return of(new Credentials.Key(shown.text()));
    }

    private CredentialValidity byToken(ApiKey traded) {
        var request = MockServerHttpRequest.post("/")
                .header(Credentials.KEY_HEADER, traded.text())
                .build();
        var token = new TokenIssuer(secret, issuer, ring, LIFE, time)
                .exchange(request)
                .text();
        return of(new Credentials.Token(token));
    }

    private CredentialValidity of(Credentials shown) {
        var request = MockServerHttpRequest.get("/").build();
        return Objects.requireNonNull(
                        credentialVerifier.identify(shown, request).block())
                .admission();
    }

    private CredentialVerifier authenticator() {
        var roleResolver = new RoleResolver(new RbacSettings(true, "viewer", List.of()));
        var claims = new TokenClaimsValidator(issuer, Duration.ofHours(24), roleResolver, time);
        return new CredentialVerifier(
                new TokenVerifier(TokenDecoderFactory.ofSecret(secret, claims), claims, new TokenCache(10), time),
                ring,
                new CertificatePrincipalExtractor(SettingsBinder.defaults().get(TlsSettings.class), time),
                new LoginRateLimiter(new LoginSettings(30, Duration.ofMinutes(1)), time),
                roleResolver,
                new FirstUseRecorder(ring),
                time);
    }
}
