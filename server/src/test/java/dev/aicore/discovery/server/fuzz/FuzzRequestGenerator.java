package dev.aicore.discovery.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Generates requests from the API's description: valid ones and invalid ones. The same seed yields the same requests.
 */
final class FuzzRequestGenerator {

    /** Operations that keep the server busy for a while. */
    private static final Set<String> RARE = Set.of("rebuildProjection", "verifyProjection");

    private static final List<String> ACCEPTS =
            List.of("application/json", "*/*", "text/html", "application/x-ndjson", "a/b;q=2", "nonsense");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/merge-patch+json",
            "application/json; charset=utf-16",
            "text/plain",
            "application/xml",
            "nonsense");
    private static final List<String> SERVICES = List.of("user-service", "web", "orders", "nosuch");
    private static final List<String> IDS = List.of("web-1", "web-2", "orders-1", "nosuch");

    private final JsonNode document;
    private final HostileValues hostileValues;
    private final List<Operation> operations = new ArrayList<>();

    FuzzRequestGenerator(JsonNode document, long seed) {
        this.document = document;
        this.hostileValues = new HostileValues(new Random(seed));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
    }

    /** Operation of the description. */
    record Operation(String method, String path, JsonNode said) {
        boolean declares(int status) {
            return said.path("responses").has(Integer.toString(status));
        }
    }

    /** Request with its address as in the request line. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(Operation operation, String address, Map<String, String> headers, byte @Nullable [] body) {
        @Override
        public String toString() {
            return operation.method + " " + address + " " + headers
                    + (body == null ? "" : " " + new String(body, StandardCharsets.UTF_8));
        }
    }

    Request next() {
        var operation = hostileValues.one(operations);
        if (RARE.contains(operation.said().path("operationId").asString("")) && !hostileValues.chance(0.02)) {
            return next();
        }
        var headers = new LinkedHashMap<String, String>();
        var path = operation.path();
        var query = new ArrayList<String>();
        for (var written : operation.said().path("parameters")) {
            var parameter = resolved(written);
            var name = parameter.path("name").asString();
            switch (parameter.path("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", inPath(parameter));
                case "query" -> addTo(query, name, parameter);
                default -> {
                    if (hostileValues.chance(0.4)) {
                        headers.put(name, hostileValues.chance(0.5) ? hostileValues.header() : plain(parameter));
                    }
                }
            }
        }
        if (hostileValues.chance(0.05)) {
            query.add(hostileValues.escaped() + "=" + hostileValues.escaped());
        }
        addUsual(headers);
        var body = operation.said().has("requestBody") && !hostileValues.chance(0.05) ? body(operation, headers) : null;
        var address = path.replaceAll("\\{[a-z_]+}", "x") + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return new Request(operation, address, headers, body);
    }

    private void addUsual(Map<String, String> headers) {
        if (hostileValues.chance(0.1)) {
            headers.put("Accept", hostileValues.one(ACCEPTS));
        }
        for (var name : List.of(
                "X-Request-Id", "X-Reason", "traceparent", "Last-Event-ID", "Origin", "X-API-Key", "If-Match")) {
            if (hostileValues.chance(0.02)) {
                headers.put(name, hostileValues.header());
            }
        }
    }

    private String inPath(JsonNode parameter) {
        var value = hostileValues.chance(0.4) ? hostileValues.escaped() : HostileValues.escape(plain(parameter));
        return value.isEmpty() ? "%20" : value;
    }

    /** Adds a parameter; a wait is always short. */
    private void addTo(List<String> query, String name, JsonNode parameter) {
        if (name.equals("wait")) {
            query.add("wait=1ms");
            return;
        }
        boolean required = parameter.path("required").asBoolean(false);
        if (hostileValues.chance(required ? 0.95 : 0.35)) {
            var value = hostileValues.chance(0.4) ? hostileValues.escaped() : HostileValues.escape(plain(parameter));
            query.add(HostileValues.escape(name.replace("KEY", "region")) + "=" + value);
            if (hostileValues.chance(0.03)) {
                query.add(name + "=again");
            }
        }
    }

    /** Returns a value that the description allows. */
    private String plain(JsonNode parameter) {
        var name = parameter.path("name").asString();
        if (name.equals("id")) {
            return hostileValues.one(IDS);
        }
        if (name.equals("service_name")) {
            return hostileValues.one(SERVICES);
        }
        var schema = resolved(parameter.path("schema"));
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            return schema.path("enum")
                    .get(hostileValues.below(schema.path("enum").size()))
                    .asString();
        }
        if (parameter.has("example")) {
            return parameter.path("example").asString();
        }
        return switch (schema.path("type").asString("")) {
            case "integer" -> Integer.toString(hostileValues.below(200));
            case "boolean" -> Boolean.toString(hostileValues.chance(0.5));
            default -> schema.path("default").asString(hostileValues.one(List.of("1", "-15m", "active", "x")));
        };
    }

    private byte[] body(Operation operation, Map<String, String> headers) {
        headers.put("Content-Type", hostileValues.chance(0.9) ? TYPES.getFirst() : hostileValues.one(TYPES));
        var content = operation.said().path("requestBody").path("content");
        var said = content.properties().isEmpty()
                ? document
                : content.properties().iterator().next().getValue();
        var example = said.has("example") ? said.path("example").toString() : "{}";
        var text = hostileValues.chance(0.3) ? example : new RequestMutator(hostileValues).of(example);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (hostileValues.chance(0.03) && bytes.length > 0) {
            bytes[hostileValues.below(bytes.length)] = (byte) 0xFE;
        }
        return bytes;
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : resolved(document.at(reference.substring(1)));
    }
}
