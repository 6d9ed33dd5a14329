package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of cross-origin requests (CORS): the web pages that may use the API from a browser.
 *
 * @param allowedOrigins at most 100 origins of pages that may use the API from a browser, such as
 *     https://ui.example.org; * alone = all; empty = none
 * @param maxAge 0 to 24h; time for which a browser may cache the result of a preflight request
 */
@ConfigurationProperties("service-discovery.server.cors")
public record CorsSettings(
        @DefaultValue List<String> allowedOrigins,

        @DefaultValue("1h") @DurationUnit(ChronoUnit.SECONDS)
        Duration maxAge) {

    public static final String ANY_ORIGIN = "*";

    private static final String KEY = "server.cors.allowed_origins";
    private static final int MAX_ORIGINS = 100;

    public CorsSettings {
        allowedOrigins = origins(allowedOrigins);
        maxAge = SettingConstraints.between("server.cors.max_age", maxAge, Duration.ZERO, Duration.ofDays(1));
    }

    private static List<String> origins(@Nullable List<String> origins) {
        if (origins == null) {
            return List.of();
        }
        SettingConstraints.between(KEY, origins.size(), 0, MAX_ORIGINS);
        for (var origin : origins) {
            SettingConstraints.matching(
                    KEY,
                    origin,
                    "\\*|https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:]+](:[0-9]{1,5})?",
                    "origins in lower case and without a path, such as https://ui.example.org, or * alone");
        }
        if (origins.contains(ANY_ORIGIN) && origins.size() > 1) {
            throw InvalidSettingException.of(KEY, String.join(",", origins), "* alone, or a list of origins");
        }
        return List.copyOf(origins);
    }
}
