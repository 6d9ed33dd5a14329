package dev.aicore.discovery.client.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.client.json.JsonFormatException;
import dev.aicore.discovery.client.json.JsonReader;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Request with its decoded query.
 *
 * @param segments path below {@code /api/v1}, decoded
 * @param parameters values by name
 * @param caller principal
 */
record RouteRequest(
        RecordedRequest recorded, List<String> segments, Map<String, List<String>> parameters, String caller) {

    private static final String ROOT = "/api/v1/";

    static RouteRequest of(RecordedRequest recorded, String rawPath, String caller) {
        if (!rawPath.startsWith(ROOT)) {
            throw Refusal.of(404, "not_found", "There is no route " + recorded.path() + ".");
        }
        var segments = new ArrayList<String>();
        for (String segment : rawPath.substring(ROOT.length()).split("/", -1)) {
            segments.add(URLDecoder.decode(segment.replace("+", "%2B"), UTF_8));
        }
        var parameters = new LinkedHashMap<String, List<String>>();
        for (String pair : recorded.query().split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
                parameters.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
            }
        }
        return new RouteRequest(recorded, List.copyOf(segments), parameters, caller);
    }

    /** Refuses parameters that the route doesn't know. */
    void allow(Set<String> known) {
        for (String name : parameters.keySet()) {
            if (!known.contains(name) && !name.startsWith("metadata.")) {
                throw Refusal.field("unknown_parameter", name, "is not a parameter", null, "one of " + known);
            }
        }
    }

    @Nullable
    String parameter(String name) {
        var values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Refusal.field("validation_failed", name, "is given too often", values.size(), "at most 1 times");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    long number(String name, long fallback) {
        String value = parameter(name);
        if (value == null) {
            return fallback;
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw Refusal.field("validation_failed", name, "must be an integer", value, "an integer");
        }
        return Long.parseLong(value);
    }

    /** Returns a duration such as {@code 500ms} or {@code 30s} in milliseconds. */
    long millis(String name, long fallback) {
        String value = parameter(name);
        if (value == null) {
            return fallback;
        }
        boolean isMillis = value.endsWith("ms");
        String digits = value.replaceAll("(ms|s)$", "");
        if (!digits.matches("[0-9]{1,6}")) {
            throw Refusal.field("validation_failed", name, "must be a duration", value, "such as 500ms or 30s");
        }
        return Long.parseLong(digits) * (isMillis ? 1 : 1_000);
    }

    @Nullable
    String header(String name) {
        return recorded.headers().get(name);
    }

    /** Returns the members of the body; none if there is no body. */
    Map<String, @Nullable Object> body() {
        if (recorded.body().isEmpty()) {
            return new LinkedHashMap<>();
        }
        try {
            return JsonReader.parseObject(recorded.body()).values();
        } catch (JsonFormatException e) {
            throw Refusal.of(400, "malformed_json", String.valueOf(e.getMessage()));
        }
    }
}
