package dev.aicore.discovery.server.openapi;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Generates values at the bounds of a schema, next to them, and of other types. */
final class BoundaryValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Number of characters that no text may have unless its schema has a higher {@code maxLength}. */
    private static final int LONG = 2_000;

    private final UnaryOperator<JsonNode> resolved;

    /**
     * Creates the generator.
     *
     * @param resolved returns the schema that a reference points to
     */
    BoundaryValues(UnaryOperator<JsonNode> resolved) {
        this.resolved = resolved;
    }

    Stream<JsonNode> of(JsonNode schema) {
        return Stream.concat(ofEachType(), within(resolved.apply(schema))).distinct();
    }

    private static Stream<JsonNode> ofEachType() {
        return Stream.of(
                JSON.stringNode("x"),
                JSON.numberNode(7),
                JSON.numberNode(0.5),
                JSON.booleanNode(true),
                JSON.nullNode(),
                JSON.arrayNode(),
                JSON.objectNode());
    }

    private Stream<JsonNode> within(JsonNode schema) {
        var alternatives = Stream.of("oneOf", "anyOf")
                .flatMap(keyword -> schema.path(keyword).valueStream())
                .flatMap(this::of);
        return Stream.of(
                        alternatives,
                        schema.path("enum").valueStream(),
                        integers(schema),
                        texts(schema),
                        arrays(schema),
                        objects(schema))
                .flatMap(values -> values);
    }

    /** Returns integers around the bounds. The maximum is that of int64 or int32, unless another is described. */
    private static Stream<JsonNode> integers(JsonNode schema) {
        if (!hasType(schema, "integer")) {
            return Stream.of();
        }
        long max = schema.path("format").asString("").equals("int64") ? Long.MAX_VALUE : 1L << 31;
        return LongStream.concat(
                        around(schema.path("minimum").asLong(0)),
                        schema.has("maximum") ? around(schema.path("maximum").asLong()) : LongStream.of(max))
                .mapToObj(JSON::numberNode);
    }

    private static Stream<JsonNode> texts(JsonNode schema) {
        if (!hasType(schema, "string")) {
            return Stream.of();
        }
        var lengths = LongStream.concat(
                        around(schema.path("minLength").asLong(0)),
                        around(schema.path("maxLength").asLong(LONG)))
                .mapToObj(length -> "a".repeat((int) Math.max(0, length)));
        var forms = !schema.has("pattern")
                ? Stream.<String>of()
                : Stream.of(
                                Stream.of("-", ".", "..", "a.", "-a", "a b", "ä", "A_1", "a:b"),
                                LongStream.of(32, 128, 256)
                                        .boxed()
                                        .flatMap(length -> around(length).mapToObj(n -> "a".repeat((int) n))))
                        .flatMap(all -> all);
        var choices = schema.path("enum")
                .valueStream()
                .map(choice -> choice.asString("").toUpperCase(Locale.ROOT) + "?");
        return Stream.of(lengths, forms, choices).flatMap(all -> all).map(JSON::stringNode);
    }

    private Stream<JsonNode> arrays(JsonNode schema) {
        if (!hasType(schema, "array")) {
            return Stream.of();
        }
        var elements = of(schema.path("items"))
                .map(element -> (JsonNode) JSON.arrayNode().add(element));
        var sizes = LongStream.concat(
                        around(schema.path("minItems").asLong(0)),
                        schema.has("maxItems") ? around(schema.path("maxItems").asLong()) : LongStream.of())
                .filter(size -> size >= 0)
                .mapToObj(size -> {
                    var array = JSON.arrayNode();
                    IntStream.range(0, (int) size).forEach(i -> array.add("a" + i));
                    return (JsonNode) array;
                });
        return Stream.concat(elements, sizes);
    }

    /** Returns objects with names and values around their bounds; none for an object with named members. */
    private Stream<JsonNode> objects(JsonNode schema) {
        if (!hasType(schema, "object") || schema.has("properties")) {
            return Stream.of();
        }
        var values = of(schema.path("additionalProperties"))
                .map(value -> (JsonNode) JSON.objectNode().set("k", value));
        var names = texts(schema.path("propertyNames"))
                .map(name -> (JsonNode) JSON.objectNode().put(name.asString(), "v"));
        var sizes = !schema.has("maxProperties")
                ? Stream.<JsonNode>of()
                : around(schema.path("maxProperties").asLong()).mapToObj(size -> {
                    var object = JSON.objectNode();
                    IntStream.range(0, (int) size).forEach(i -> object.put("k" + i, "v"));
                    return (JsonNode) object;
                });
        return Stream.of(values, names, sizes).flatMap(all -> all);
    }

    private static LongStream around(long bound) {
        return LongStream.of(bound - 1, bound, bound + 1);
    }

    private static boolean hasType(JsonNode schema, String type) {
        var types = schema.path("type");
        return types.isArray()
                ? types.valueStream().anyMatch(each -> each.asString("").equals(type))
                : types.asString("").equals(type);
    }
}
