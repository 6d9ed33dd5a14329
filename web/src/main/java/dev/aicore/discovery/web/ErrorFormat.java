package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.RegistryException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Format of the errors below some paths, for protocols whose clients don't know problem details. A bean. */
public interface ErrorFormat {

    /** Returns true if this format applies to a path, percent-encoded as in the request. */
    boolean covers(String rawPath);

    /** Returns the error of a refused request. Headers such as {@code Retry-After} are added by the caller. */
    ErrorBody format(RegistryException refusal, ServerHttpRequest request);

    /**
     * Error as it is sent.
     *
     * @param status HTTP status
     * @param text body; may be empty
     */
    record ErrorBody(int status, MediaType type, String text) {}
}
