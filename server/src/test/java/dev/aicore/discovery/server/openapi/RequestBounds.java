package dev.aicore.discovery.server.openapi;

import dev.aicore.discovery.server.openapi.DescribedServer.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares the requests that the document allows with those that the server accepts: varies one field of each example,
 * and expects 400 if and only if the schema refuses the value.
 */
final class RequestBounds {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * Fields and values with a meaning that no schema states, such as an existing role. Only the refusal of values that
     * the schema refuses is compared.
     */
    private static final Set<String> WITH_MEANING = Set.of(
            "Accept-Datetime",
            "If-Match",
            "If-None-Match",
            "Last-Event-ID",
            "action",
            "address",
            "at",
            "cursor",
            "from",
            "health_check",
            "health_check.check_type",
            "health_check.config",
            "principal",
            "role",
            "snapshot_of",
            "to",
            "ttl=0",
            "type",
            "wait",
            "window",
            "/api/v1/discover version",
            "/api/v1/explain version",
            "/api/v1/services/{id} id",
            "/api/v1/services/{id} name",
            "/api/v1/watch version",
            "/api/v1/services/{id}/heartbeat id",
            "/api/v1/services/{id}/heartbeat service_id");

    /** Parameters that only streams of events have. */
    private static final Set<String> OF_STREAMS = Set.of("Last-Event-ID", "last_event_id");

    /** Parameters with positions for which a request waits. */
    private static final Set<String> WAITING = Set.of("index", "min_position");

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}|[0-8][0-9]{18}|9223372036854775807");
    private static final Pattern HEADER_VALUE = Pattern.compile("|[!-~]|[!-~][ -~]*[!-~]");

    /** Segments that clients and proxies remove from a path. */
    private static final Set<String> DOTS = Set.of("", ".", "..");

    private final DescribedServer server;
    private final List<String> differences = new ArrayList<>();
    private int requests;

    RequestBounds(DescribedServer server) {
        this.server = server;
    }

    /**
     * Field with a value.
     *
     * @param field path of the field
     * @param body the whole body with this value
     */
    private record Variant(String field, ObjectNode body) {}

    /** Returns the differences between the document and the server, after the comparison of all operations. */
    List<String> differences() throws Exception {
        var operations = server.operations();
        operations.sort(Comparator.comparingInt(DescribedOperation::order));
        for (var operation : operations) {
            for (var parameter : operation.parameters()) {
                compareParameter(operation, parameter);
            }
            compareBody(operation);
        }
        return differences;
    }

    /** Returns the number of requests that were sent. */
    int requests() {
        return requests;
    }

    private void compareBody(DescribedOperation operation) throws Exception {
        var described = operation.jsonBody();
        var schema = operation.resolved(described.path("schema"));
        if (!(described.path("example") instanceof ObjectNode example) || !schema.has("properties")) {
            return;
        }
        for (var variant : variants(operation, "", schema, example).toList()) {
            var reply = server.send(
                    operation.method(),
                    operation.address(DescribedOperation::example),
                    variant.body().toString());
            compare(
                    operation,
                    variant.field(),
                    variant.body().at("/" + variant.field().replace('.', '/')),
                    allows(schema, variant.body()),
                    reply);
        }
    }

    private Stream<Variant> variants(DescribedOperation operation, String at, JsonNode schema, ObjectNode example) {
        var values = new BoundaryValues(operation::resolved);
        var known = schema.path("properties").propertyStream().flatMap(property -> {
            var name = property.getKey();
            var resolved = operation.resolved(property.getValue());
            var absent = example.deepCopy();
            absent.remove(name);
            var nested = !resolved.has("properties")
                    ? Stream.<Variant>of()
                    : variants(operation, at + name + ".", resolved, minimal(resolved))
                            .map(inner -> new Variant(inner.field(), with(example, name, inner.body())));
            return Stream.of(
                            Stream.of(new Variant(at + name, absent)),
                            values.of(resolved).map(value -> new Variant(at + name, with(example, name, value))),
                            nested)
                    .flatMap(all -> all);
        });
        return Stream.concat(known, Stream.of(new Variant(at + "nosuch", with(example, "nosuch", JSON.numberNode(1)))));
    }

    /** Returns an object with the required members, each with the first of its choices. */
    private static ObjectNode minimal(JsonNode schema) {
        var object = JSON.objectNode();
        schema.path("required")
                .valueStream()
                .forEach(name -> object.set(
                        name.asString(),
                        schema.path("properties")
                                .path(name.asString())
                                .path("enum")
                                .path(0)));
        return object;
    }

    private static ObjectNode with(ObjectNode example, String name, JsonNode value) {
        var changed = example.deepCopy();
        changed.set(name, value);
        return changed;
    }

    private void compareParameter(DescribedOperation operation, JsonNode parameter) throws Exception {
        var schema = operation.resolved(parameter.path("schema"));
        var isText = schema.path("type").asString("").equals("string");
        var values = new BoundaryValues(operation::resolved)
                .of(schema)
                .filter(value -> !isText || value.isString())
                .toList();
        for (var value : values) {
            var texts = schema.path("type").asString("").equals("array")
                    ? value.valueStream().flatMap(RequestBounds::text).toList()
                    : text(value).toList();
            if (!texts.isEmpty() && isSendable(parameter, texts)) {
                compareParameter(operation, parameter, texts);
            }
        }
        if (parameter.path("required").asBoolean(false)
                && parameter.path("in").asString().equals("query")) {
            compareParameter(operation, parameter, List.of());
        }
    }

    private void compareParameter(DescribedOperation operation, JsonNode parameter, List<String> texts)
            throws Exception {
        var name = parameter.path("name").asString();
        var headers = new HashMap<String, String>();
        if (parameter.path("in").asString().equals("header")) {
            headers.put(name, texts.getFirst());
        }
        if (OF_STREAMS.contains(name)) {
            headers.put("Accept", "text/event-stream");
        }
        var reply = server.send(
                operation.method(),
                operation.address(each -> each.equals(parameter)
                        ? texts
                        : WAITING.contains(name) && each.path("name").asString().equals("wait")
                                ? List.of("1ms")
                                : DescribedOperation.example(each)),
                headers,
                operation.exampleBody());
        compare(operation, name, JSON.pojoNode(texts), allowsParameter(operation, parameter, texts), reply);
    }

    /** Returns the text of a scalar value; nothing for another one. */
    private static Stream<String> text(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? Stream.of(value.asString()) : Stream.of();
    }

    private static boolean isSendable(JsonNode parameter, List<String> texts) {
        return switch (parameter.path("in").asString()) {
            case "path" -> !DOTS.contains(texts.getFirst());
            case "header" -> HEADER_VALUE.matcher(texts.getFirst()).matches();
            default -> true;
        };
    }

    private boolean allowsParameter(DescribedOperation operation, JsonNode parameter, List<String> texts) {
        var schema = operation.resolved(parameter.path("schema"));
        if (texts.isEmpty()) {
            return !parameter.path("required").asBoolean(false);
        }
        if (!schema.path("type").asString("").equals("array")) {
            return allows(schema, typed(schema, texts.getFirst()));
        }
        var array = JSON.arrayNode();
        texts.forEach(text -> array.add(typed(operation.resolved(schema.path("items")), text)));
        return allows(schema, array);
    }

    private static JsonNode typed(JsonNode schema, String text) {
        var type = schema.path("type").asString("");
        if (type.equals("integer") && INTEGER.matcher(text).matches()) {
            return JSON.numberNode(Long.parseLong(text));
        }
        return type.equals("boolean") && (text.equals("true") || text.equals("false"))
                ? JSON.booleanNode(Boolean.parseBoolean(text))
                : JSON.stringNode(text);
    }

    private boolean allows(JsonNode schema, JsonNode value) {
        return server.violations(schema, value).isEmpty();
    }

    private void compare(DescribedOperation operation, String field, JsonNode value, boolean allowed, Reply reply) {
        requests++;
        var isRefused = reply.statusCode() == 400;
        if (allowed == isRefused && !(allowed && hasMeaning(operation, field, value))) {
            var shown = value.toString();
            differences.add("%s %s=%s: the document %s it, the response is %d %s"
                    .formatted(
                            operation.route(),
                            field,
                            shown.length() > 60 ? shown.substring(0, 60) + "… (" + shown.length() + ")" : shown,
                            allowed ? "allows" : "refuses",
                            reply.statusCode(),
                            isRefused ? reply.json().path("detail").asString() : ""));
        }
    }

    private static boolean hasMeaning(DescribedOperation operation, String field, JsonNode value) {
        return WITH_MEANING.contains(field)
                || WITH_MEANING.contains(operation.path() + " " + field)
                || WITH_MEANING.contains(field + "=" + value);
    }
}
