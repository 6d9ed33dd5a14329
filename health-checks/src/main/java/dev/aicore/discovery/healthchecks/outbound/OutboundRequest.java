package dev.aicore.discovery.healthchecks.outbound;

import java.util.Map;

/**
 * A request without a body.
 *
 * @param security whether it goes over TLS
 * @param method such as {@code GET}
 * @param path with the query, begins with a slash
 * @param headers besides those that every request has; those of the connection aren't among them. {@code Host} is the target's own if
 *     it isn't
 * @param mostBytes so many of the answer's body are read at most, 0 or more
 */
public record OutboundRequest(
        Security security, String method, String path, Map<String, String> headers, int mostBytes) {

    public OutboundRequest {
        headers = Map.copyOf(headers);
        if (!path.startsWith("/") || mostBytes < 0) {
            throw new IllegalArgumentException("No request for '" + path + "' and " + mostBytes + " bytes.");
        }
    }

    /** Of a connection. */
    public enum Security {
        PLAIN,
        /** TLS; certificate and name are verified. */
        VERIFIED,
        /** TLS with whom it may be. */
        UNVERIFIED
    }
}
