package dev.aicore.discovery.config.settings;

import static dev.aicore.discovery.config.settings.SettingsFixture.bound;
import static dev.aicore.discovery.config.settings.SettingsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.config.settings.AuthSettings.ApiKeySettings;
import dev.aicore.discovery.config.settings.AuthSettings.LoginSettings;
import dev.aicore.discovery.config.settings.AuthSettings.SessionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSettingsTest {

    private static final String STRONG = "q8Jv2sT0xkL5mN7pR9wY1zB3dF6hG4cA";

    @Test
    void defaults_haveExpectedValues() {
        assertThat(SettingsBinder.defaults().get(JwtSettings.class))
                .isEqualTo(new JwtSettings(null, Duration.ofHours(1), Duration.ofHours(24)));
        assertThat(SettingsBinder.defaults().get(RbacSettings.class))
                .isEqualTo(new RbacSettings(true, "viewer", List.of()));
        assertThat(SettingsBinder.defaults().get(AuthSettings.class)).isEqualTo(new AuthSettings(false, false));
    }

    @Test
    void authKeys_areBoundToRecords() {
        assertThat(bound(
                        JwtSettings.class,
                        Map.of("auth.jwt.secret", STRONG, "auth.jwt.expiration", 900, "auth.jwt.max_lifetime", "1h")))
                .isEqualTo(new JwtSettings(STRONG, Duration.ofMinutes(15), Duration.ofHours(1)));
        assertThat(bound(RbacSettings.class, Map.of("auth.rbac.enabled", false, "auth.rbac.default_role", "service")))
                .isEqualTo(new RbacSettings(false, "service", List.of()));
        assertThat(bound(
                        AuthSettings.class,
                        Map.of(
                                "auth.anonymous_admin_for_everyone_who_can_connect",
                                true,
                                "auth.generate_missing_secret",
                                true)))
                .isEqualTo(new AuthSettings(true, true));
        assertThat(bound(
                        IssuerSettings.class,
                        Map.of(
                                "auth.jwt.issuer", "us",
                                "auth.jwt.audience", "ours",
                                "auth.jwt.issuer_uri", "https://id.example.org",
                                "auth.jwt.jwk_set_uri", "https://id.example.org/keys",
                                "auth.jwt.algorithms", "ES256,RS256",
                                "auth.jwt.max_cached_tokens", 5)))
                .isEqualTo(new IssuerSettings(
                        "us",
                        "ours",
                        "https://id.example.org",
                        "https://id.example.org/keys",
                        List.of("ES256", "RS256"),
                        5));
    }

    @Test
    void apiKeyAndLoginSettings_areBoundAndValidated() {
        assertThat(SettingsBinder.defaults().get(ApiKeySettings.class))
                .isEqualTo(new ApiKeySettings(Duration.ofMinutes(10)));
        assertThat(SettingsBinder.defaults().get(LoginSettings.class))
                .isEqualTo(new LoginSettings(30, Duration.ofMinutes(1)));
        assertThat(bound(ApiKeySettings.class, Map.of("auth.api_keys.stale_limit", "1h")))
                .isEqualTo(new ApiKeySettings(Duration.ofHours(1)));
        assertThat(bound(LoginSettings.class, Map.of("auth.login.max_failures", 5, "auth.login.window", "10s")))
                .isEqualTo(new LoginSettings(5, Duration.ofSeconds(10)));
        refused(
                ApiKeySettings.class,
                "auth.api_keys.stale_limit",
                "0s",
                "auth.api_keys.stale_limit is '0s', expected a duration from 1s to 86400s");
        refused(
                LoginSettings.class,
                "auth.login.max_failures",
                "0",
                "auth.login.max_failures is '0', expected a whole number from 1 to 1000000");
    }

    @Test
    void sessionSettings_areBoundAndValidated() {
        assertThat(SettingsBinder.defaults().get(SessionSettings.class))
                .isEqualTo(new SessionSettings(Duration.ofHours(8), Duration.ofMinutes(5)));
        assertThat(bound(SessionSettings.class, Map.of("auth.sessions.lifetime", "1h")))
                .isEqualTo(new SessionSettings(Duration.ofHours(1), Duration.ofMinutes(5)));
        refused(
                SessionSettings.class,
                "auth.sessions.token_lifetime",
                "1s",
                "auth.sessions.token_lifetime is '1s', expected a duration from 30s to 3600s");
    }

    @Test
    void invalidValue_isRefused() {
        refused(
                AuthSettings.class,
                "auth.anonymous_admin_for_everyone_who_can_connect",
                "maybe",
                "auth.anonymous_admin_for_everyone_who_can_connect is 'maybe', expected true or false");
        refused(
                IssuerSettings.class,
                "auth.jwt.algorithms",
                "HS256",
                "auth.jwt.algorithms is 'HS256', expected one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384,"
                        + " ES512");
        refused(
                IssuerSettings.class,
                "auth.jwt.issuer_uri",
                "id.example.org",
                "auth.jwt.issuer_uri is 'id.example.org', expected an http or https URL");
        refused(
                JwtSettings.class,
                "auth.jwt.expiration",
                "10s",
                "auth.jwt.expiration is '10s', expected a duration from 60s to 31536000s");
        refused(
                JwtSettings.class,
                "auth.jwt.max_lifetime",
                "30m",
                "auth.jwt.max_lifetime is '1800s', expected a duration from 3600s to 315360000s");
        refused(
                RbacSettings.class,
                "auth.rbac.default_role",
                "root",
                "auth.rbac.default_role is 'root', expected one of admin, operator, viewer, service");
    }

    @Test
    void scopedRoles_areParsedWithServiceScopes() {
        var settings = bound(
                RbacSettings.class,
                Map.of(
                        "auth.rbac.roles",
                        "payments operator payments-*  billing,all-eu viewer *-eu",
                        "auth.rbac.default_role",
                        "all-eu"));
        assertThat(settings.scopedRoles())
                .containsExactly(
                        new ScopedRole("payments", "operator", new ServiceScope(List.of("payments-*", "billing"))),
                        new ScopedRole("all-eu", "viewer", new ServiceScope(List.of("*-eu"))));
        assertThat(settings.defaultRole()).isEqualTo("all-eu");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payments",
                "payments operator",
                "payments admin payments-*",
                "payments payments payments-*",
                "Payments viewer payments-*",
                "none viewer payments-*",
                "payments viewer a*b*",
                "payments viewer a%"
            })
    void scopedRole_malformed_isRefused(String role) {
        refused(
                RbacSettings.class,
                "auth.rbac.roles",
                role,
                "auth.rbac.roles is '" + role + "', expected " + ScopedRole.EXPECTED);
    }

    @Test
    void scopedRole_withBuiltInRoleName_isRefused() {
        refused(
                RbacSettings.class,
                "auth.rbac.roles",
                "viewer operator payments-*",
                "auth.rbac.roles is 'viewer operator payments-*', expected a unique name for each role, none of admin,"
                        + " operator, viewer, service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "your-secret-key-here",
                "your-secret-key-here-your-secret-key-here",
                "change-me-change-me-change-me-change-me",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "a-string-secret-at-least-256-bits-long",
                "SecretKey012345678901234567890123456789012345678901234567890123456789",
                "VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=",
                "your-256-bit-secret-your-256-bit-secret",
                "${JWT_SECRET}${JWT_SECRET}${JWT_SECRET}",
                "0123456789abcdef0123456789abcdef"
            })
    void weakJwtSecret_isReported(String secret) {
        assertThat(new JwtSettings(secret, Duration.ofHours(1), Duration.ofHours(24)).weakness())
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("auth.jwt.secret (JWT_SECRET)")
                        .contains("expected"));
    }

    @Test
    void strongJwtSecret_isAcceptedAndMasked() {
        JwtSettings settings = new JwtSettings(STRONG, Duration.ofHours(1), Duration.ofHours(24));
        assertThat(settings.weakness()).isEmpty();
        assertThat(settings).asString().doesNotContain(STRONG);
    }
}
