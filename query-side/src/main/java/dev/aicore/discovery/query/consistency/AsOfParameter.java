package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.AsOfPoint.AtInstant;
import dev.aicore.discovery.web.QueryParameters;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Parses the point in time that a request refers to: from the parameter {@code at}, or from the header
 * {@code Accept-Datetime} (RFC 7089).
 */
public final class AsOfParameter {

    /** Name of the parameter. */
    public static final String AT = "at";

    private static final String HEADER = "Accept-Datetime";
    private static final String MIN_POSITION = "min_position";

    private AsOfParameter() {}

    /**
     * Returns the point in time; null for now. Violations of {@code at} are collected in the parameters.
     *
     * @throws RegistryException {@code validation_failed} if the header isn't a date, or if both are given
     */
    public static @Nullable AsOfPoint of(QueryParameters queryParameters, HttpHeaders headers) {
        var asOf = AsOfParser.of(queryParameters, AT);
        var header = headers.getFirst(HEADER);
        if (header != null && queryParameters.has(AT)) {
            throw refusal("can't be combined with the parameter 'at'", header, "one of them");
        }
        if ((asOf != null || header != null) && queryParameters.has(MIN_POSITION)) {
            queryParameters.reject(MIN_POSITION, "can't be combined with a point in the past", "one of them");
        }
        return header == null ? asOf : date(header);
    }

    /** Returns true if the request has the header. */
    public static boolean isByHeader(HttpHeaders headers) {
        return headers.containsHeader(HEADER);
    }

    private static AsOfPoint date(String header) {
        try {
            return new AtInstant(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            throw refusal("is not a date", header, "a date such as 'Mon, 23 Nov 2026 03:12:00 GMT'");
        }
    }

    private static RegistryException refusal(String message, String given, String expected) {
        return new RegistryException(
                ErrorCode.VALIDATION_FAILED,
                HEADER + " " + message + ".",
                new FieldError(HEADER, message, given, expected));
    }
}
