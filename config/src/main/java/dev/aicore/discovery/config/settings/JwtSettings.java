package dev.aicore.discovery.config.settings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of token verification. An empty secret is null. The record accepts any secret: {@link #weakness()} rates it,
 * because development on a loopback address may start without one.
 *
 * @param secret at least 32 random bytes; required except in development on loopback; the variable JWT_SECRET sets it,
 *     too
 * @param expiration 1m to 365d; lifetime of the tokens that the registry issues
 * @param maxLifetime expiration to 3650d; maximum lifetime of a token, from its issue and from now; a longer one is
 *     refused
 */
@ConfigurationProperties("service-discovery.auth.jwt")
public record JwtSettings(
        @Nullable String secret,

        @DefaultValue("3600s") @DurationUnit(ChronoUnit.SECONDS)
        Duration expiration,

        @DefaultValue("24h") @DurationUnit(ChronoUnit.SECONDS)
        Duration maxLifetime) {

    /** Minimum length of the secret in bytes: a key must be at least as long as the hash (RFC 7518, section 3.2). */
    public static final int MIN_SECRET_BYTES = 32;

    /** Substrings of secrets that are published in documentation, of this project and of others. */
    private static final Set<String> EXAMPLES = Set.of(
            "your-secret-key",
            "your-256-bit-secret",
            "your-384-bit-secret",
            "your-512-bit-secret",
            "a-string-secret-at-least",
            "a-valid-string-secret",
            "secretkey",
            "secret-key",
            "secret_key",
            "mysecret",
            "my-secret",
            "my_secret",
            "supersecret",
            "super-secret",
            "super_secret",
            "thisismycustom",
            "changeme",
            "change-me",
            "change_me",
            "changeit",
            "replace-me",
            "placeholder",
            "example",
            "password",
            "insecure",
            "${",
            "0123456789",
            "1234567890",
            "abcdefghij");

    public JwtSettings {
        secret = SettingConstraints.absentIfBlank(secret);
        expiration = SettingConstraints.between(
                "auth.jwt.expiration", expiration, Duration.ofMinutes(1), Duration.ofDays(365));
        maxLifetime =
                SettingConstraints.between("auth.jwt.max_lifetime", maxLifetime, expiration, Duration.ofDays(3_650));
    }

    /**
     * Returns the reason why the secret is too weak, as one line that never shows it; empty if the secret is strong
     * enough.
     */
    public Optional<String> weakness() {
        if (secret == null) {
            return Optional.of("auth.jwt.secret (JWT_SECRET) is missing, expected at least 32 bytes");
        }
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        if (length < MIN_SECRET_BYTES) {
            return Optional.of("auth.jwt.secret (JWT_SECRET) has %d bytes, expected at least 32".formatted(length));
        }
        if (isExample(secret)
                || isExample(decoded(secret))
                || secret.chars().distinct().count() < 8) {
            return Optional.of("auth.jwt.secret (JWT_SECRET) is an example or a pattern, expected a random secret");
        }
        return Optional.empty();
    }

    /**
     * Refuses to start with a weak secret.
     *
     * @param reason the reason why a strong secret is required
     * @throws InvalidSettingException if the secret is weak
     */
    public void requireStrong(String reason) {
        weakness().ifPresent(line -> {
            throw InvalidSettingException.line(line + ": " + reason);
        });
    }

    private static boolean isExample(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return EXAMPLES.stream().anyMatch(lower::contains);
    }

    /** Returns the decoded text if the secret is Base64, as some products publish theirs; otherwise an empty text. */
    private static String decoded(String secret) {
        try {
            return new String(Base64.getDecoder().decode(secret), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "JwtSettings[secret=%s, expiration=%s, maxLifetime=%s]"
                .formatted(secret == null ? "none" : "***", expiration, maxLifetime);
    }
}
