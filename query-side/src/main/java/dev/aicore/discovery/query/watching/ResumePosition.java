package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.QueryParameters;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Event after which a caller resumes a stream.
 *
 * @param parameter name of the parameter or header that gave the position
 * @param position of the last event that the caller has received; null if none, in which case the stream begins with a
 * snapshot
 */
public record ResumePosition(String parameter, @Nullable Long position) {

    /** Name of the header. */
    public static final String HEADER = "Last-Event-ID";

    private static final String PARAMETER = "last_event_id";
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    /**
     * Parses the header, or the parameter if there is no header. A browser that reconnects sends both, with the
     * parameter of its first request.
     */
    public static ResumePosition of(QueryParameters queryParameters, ServerHttpRequest request) {
        Long given = queryParameters.numberOrNull(PARAMETER, 0, Long.MAX_VALUE);
        Long sent = sent(request.getHeaders());
        return sent == null ? new ResumePosition(PARAMETER, given) : new ResumePosition(HEADER, sent);
    }

    /**
     * Parses the header; null if there is none.
     *
     * @throws RegistryException {@code validation_failed} if the header isn't the id of an event
     */
    public static @Nullable Long sent(HttpHeaders headers) {
        String header = headers.getFirst(HEADER);
        if (header == null || header.isBlank()) {
            return null;
        }
        if (!POSITION.matcher(header).matches()) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    HEADER + " must be the id of an event.",
                    new FieldError(HEADER, "must be the id of an event", header, "the position of an event"));
        }
        return Long.valueOf(header);
    }
}
