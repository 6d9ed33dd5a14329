package dev.aicore.discovery.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request to the registry. Immutable.
 *
 * @param path path and query, encoded
 * @param body JSON; null for none
 * @param budget time for the answer, over all attempts
 */
public record WireRequest(
        String method,
        String path,
        Map<String, String> headers,
        @Nullable String body,
        Duration budget) {

    private static final Duration DEFAULT_BUDGET = Duration.ofSeconds(5);

    public WireRequest {
        headers = Map.copyOf(headers);
    }

    public static WireRequest get(String path) {
        return new WireRequest("GET", path, Map.of(), null, DEFAULT_BUDGET);
    }

    public static WireRequest post(String path, String body) {
        return new WireRequest("POST", path, Map.of(), body, DEFAULT_BUDGET);
    }

    public static WireRequest patch(String path, String body) {
        return new WireRequest("PATCH", path, Map.of(), body, DEFAULT_BUDGET);
    }

    public static WireRequest delete(String path) {
        return new WireRequest("DELETE", path, Map.of(), null, DEFAULT_BUDGET);
    }

    /** Adds a header. */
    public WireRequest header(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new WireRequest(method, path, all, body, budget);
    }

    public WireRequest within(Duration time) {
        return new WireRequest(method, path, headers, body, time);
    }

    /** Encodes a value for a path or query. */
    public static String encode(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }
}
