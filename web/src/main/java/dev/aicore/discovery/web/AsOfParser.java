package dev.aicore.discovery.web;

import dev.aicore.discovery.web.AsOfPoint.Ago;
import dev.aicore.discovery.web.AsOfPoint.AtInstant;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses as-of parameters: an instant, a position, or an age. */
public final class AsOfParser {

    /** The accepted forms, in words. */
    public static final String EXPECTED =
            "an instant such as 2026-11-23T03:12:00Z, a position such as 1234, or an age such as -15m";

    private static final TextConstraint TEXT = TextConstraint.nonEmpty(64);
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");
    private static final Pattern AGO = Pattern.compile("-([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    /** First instant that the store can represent; instants before it or after the last one are mistakes. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Duration MAX_AGE = Duration.ofDays(36_525);
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private AsOfParser() {}

    /**
     * Parses a parameter. Returns null if it is missing or invalid; an invalid one adds a violation to the query
     * parameters.
     */
    public static @Nullable AsOfPoint of(QueryParameters queryParameters, String parameter) {
        var text = queryParameters.textOrNull(parameter, TEXT);
        var asOf = text == null ? null : parse(text);
        if (text != null && asOf == null) {
            queryParameters.reject(parameter, "is not a point in time", EXPECTED);
        }
        return asOf;
    }

    /** Parses a text; null if it is invalid. */
    public static @Nullable AsOfPoint parse(String text) {
        if (POSITION.matcher(text).matches()) {
            return new AtPosition(Long.parseLong(text));
        }
        var ago = AGO.matcher(text);
        return ago.matches() ? ago(Long.parseLong(ago.group(1)), ago.group(2)) : instant(text);
    }

    private static @Nullable AsOfPoint ago(long amount, String unit) {
        var duration = Duration.of(amount, UNITS.getOrDefault(unit, ChronoUnit.SECONDS));
        return duration.compareTo(MAX_AGE) > 0 ? null : new Ago(duration);
    }

    private static @Nullable AsOfPoint instant(String text) {
        try {
            var instant = OffsetDateTime.parse(text).toInstant();
            return instant.isBefore(FIRST) || instant.isAfter(LAST) ? null : new AtInstant(instant);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
