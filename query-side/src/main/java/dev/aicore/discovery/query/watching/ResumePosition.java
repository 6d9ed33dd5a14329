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
 * Behind which event a caller wants a stream to go on.
 *
 * @param parameter what the caller said it by
 * @param position of the last event that the caller has; null if none, and then the stream begins with how things are
 */
public record ResumePosition(String parameter, @Nullable Long position) {

    /** The header. */
    public static final String HEADER = "Last-Event-ID";

    private static final String PARAMETER = "last_event_id";
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    /** From the header, else from the parameter: a browser that reconnects sends both, and the address as it was when it came first. */
    public static ResumePosition of(QueryParameters queryParameters, ServerHttpRequest request) {
        Long given = queryParameters.numberOrNull(PARAMETER, 0, Long.MAX_VALUE);
        Long sent = sent(request.getHeaders());
        return sent == null ? new ResumePosition(PARAMETER, given) : new ResumePosition(HEADER, sent);
    }

    /**
     * From the header alone; null if there is none.
     *
     * @throws RegistryException if it is no id
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
