package dev.aicore.discovery.healthchecks.outbound;

import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP request without a body.
 *
 * @param security whether TLS is used and verified
 * @param method HTTP method, such as {@code GET}
 * @param path path with the query; begins with a slash
 * @param headers headers besides those that every request has, without headers of the connection; {@code Host} defaults
 *     to the target's authority
 * @param mostBytes maximum number of bytes of the response body that are read, 0 or more
 */
public record OutboundRequest(
        Security security, String method, String path, Map<String, String> headers, int mostBytes) {

    public OutboundRequest {
        headers = Map.copyOf(headers);
        if (!path.startsWith("/") || mostBytes < 0) {
            throw new IllegalArgumentException("Invalid path '" + path + "' or maximum of " + mostBytes + " bytes.");
        }
    }

    /** Returns a copy with a further header, unless the request has it already. */
    public OutboundRequest withHeader(String name, String value) {
        if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            return this;
        }
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new OutboundRequest(security, method, path, more, mostBytes);
    }

    /** Security of a connection. */
    public enum Security {
        PLAIN,
        /** TLS; verifies certificate and name. */
        VERIFIED,
        /** TLS; accepts any certificate. */
        UNVERIFIED
    }
}
