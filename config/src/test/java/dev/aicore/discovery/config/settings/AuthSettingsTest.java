package dev.aicore.discovery.config.settings;

import static dev.aicore.discovery.config.settings.SettingsTesting.bound;
import static dev.aicore.discovery.config.settings.SettingsTesting.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSettingsTest {

    private static final String STRONG = "q8Jv2sT0xkL5mN7pR9wY1zB3dF6hG4cA";

    @Test
    void defaults() {
        assertThat(Settings.defaults().get(JwtSettings.class)).isEqualTo(new JwtSettings(null, Duration.ofHours(1)));
        assertThat(Settings.defaults().get(RbacSettings.class)).isEqualTo(new RbacSettings(true, "viewer"));
        assertThat(Settings.defaults().get(AuthSettings.class)).isEqualTo(new AuthSettings(false));
    }

    @Test
    void fullMapping() {
        assertThat(bound(JwtSettings.class, Map.of("auth.jwt.secret", STRONG, "auth.jwt.expiration", 900)))
                .isEqualTo(new JwtSettings(STRONG, Duration.ofMinutes(15)));
        assertThat(bound(RbacSettings.class, Map.of("auth.rbac.enabled", false, "auth.rbac.default_role", "service")))
                .isEqualTo(new RbacSettings(false, "service"));
        assertThat(bound(AuthSettings.class, Map.of("auth.anonymous_admin_for_everyone_who_can_connect", true)))
                .isEqualTo(new AuthSettings(true));
    }

    @Test
    void validation() {
        refused(
                AuthSettings.class,
                "auth.anonymous_admin_for_everyone_who_can_connect",
                "maybe",
                "auth.anonymous_admin_for_everyone_who_can_connect is 'maybe', expected true or false");
        refused(
                JwtSettings.class,
                "auth.jwt.expiration",
                "10s",
                "auth.jwt.expiration is '10s', expected a duration from 60s to 31536000s");
        refused(
                RbacSettings.class,
                "auth.rbac.default_role",
                "root",
                "auth.rbac.default_role is 'root', expected one of admin, operator, viewer, service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "your-secret-key-here",
                "your-secret-key-here-your-secret-key-here",
                "change-me-change-me-change-me-change-me",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void weakSecretsAreTold(String secret) {
        assertThat(new JwtSettings(secret, Duration.ofHours(1)).weakness())
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("auth.jwt.secret (JWT_SECRET)")
                        .contains("expected"));
    }

    @Test
    void aStrongSecretIsNeitherRefusedNorShown() {
        JwtSettings settings = new JwtSettings(STRONG, Duration.ofHours(1));
        assertThat(settings.weakness()).isEmpty();
        assertThat(settings).asString().doesNotContain(STRONG);
    }
}
