package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON object, read by name and type. Violations are collected, not thrown: read everything, then call
 * {@link #rejectUnknown()} and {@link #validate()}; until then a value in violation reads as a placeholder of its type (an
 * empty text, the least number, the first choice).
 *
 * <p>Each type has three readings: {@code x} must be there, {@code xOr} falls back, {@code xOrNull} is null when absent. An
 * explicit {@code null} is always a violation. Nested objects collect into the same violations. Not thread-safe.
 */
public final class JsonFields {
    private static final TextConstraint ANY_TEXT = TextConstraint.filled(1024);

    private final ObjectNode node;
    private final String path;
    private final ViolationCollector violationCollector;
    private final JsonTextValidator texts;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<JsonFields> nested = new ArrayList<>();

    private JsonFields(ObjectNode node, String path, ViolationCollector violationCollector) {
        this.node = node;
        this.path = path;
        this.violationCollector = violationCollector;
        this.texts = new JsonTextValidator(violationCollector);
    }

    /** The fields of an object that isn't a body itself, such as one that was made of a body and what was there before. */
    public static JsonFields of(ObjectNode node) {
        return new JsonFields(node, "", new ViolationCollector(ErrorCode.UNKNOWN_FIELD));
    }

    static JsonFields none() {
        return of(JsonNodeFactory.instance.objectNode());
    }

    /** Whether the field was sent, even as null. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** Text of 1 to 1,024 characters. */
    public String text(String name) {
        return text(name, ANY_TEXT);
    }

    public String text(String name, TextConstraint rule) {
        return or(text(name, rule, true), "");
    }

    public String textOr(String name, TextConstraint rule, String fallback) {
        return or(text(name, rule, false), fallback);
    }

    public @Nullable String textOrNull(String name, TextConstraint rule) {
        return text(name, rule, false);
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public int integer(String name, int min, int max) {
        return (int) (long) or(whole(name, min, max, true), (long) min);
    }

    public int integerOr(String name, int min, int max, int fallback) {
        return (int) (long) or(whole(name, min, max, false), (long) fallback);
    }

    public @Nullable Integer integerOrNull(String name, int min, int max) {
        Long value = whole(name, min, max, false);
        return value == null ? null : value.intValue();
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public long number(String name, long min, long max) {
        return or(whole(name, min, max, true), min);
    }

    public long numberOr(String name, long min, long max, long fallback) {
        return or(whole(name, min, max, false), fallback);
    }

    public boolean bool(String name) {
        return or(truth(name, true), false);
    }

    public boolean boolOr(String name, boolean fallback) {
        return or(truth(name, false), fallback);
    }

    public @Nullable Boolean boolOrNull(String name) {
        return truth(name, false);
    }

    /** One of the values, chosen by its name on the wire; {@code byName} has at least one entry. */
    public <T> T choice(String name, Map<String, T> byName) {
        return or(chosen(name, byName, true), byName.values().iterator().next());
    }

    public <T> T choiceOr(String name, Map<String, T> byName, T fallback) {
        return or(chosen(name, byName, false), fallback);
    }

    public <T> @Nullable T choiceOrNull(String name, Map<String, T> byName) {
        return chosen(name, byName, false);
    }

    /** A nested object; its violations are reported with dotted paths by this one's {@link #validate()}. */
    public JsonFields object(String name) {
        JsonFields read = object(name, true);
        return read == null
                ? new JsonFields(
                        JsonNodeFactory.instance.objectNode(),
                        pathOf(name),
                        new ViolationCollector(ErrorCode.UNKNOWN_FIELD))
                : read;
    }

    public @Nullable JsonFields objectOrNull(String name) {
        return object(name, false);
    }

    /**
     * An object whose values are all strings, in the order sent; empty when absent.
     *
     * @param maxKey most characters of a key, which has at least one
     * @param maxValue most characters of a value, which may be empty
     * @param maxTotal most characters of all keys and values together
     */
    public Map<String, String> stringMap(String name, int maxEntries, int maxKey, int maxValue, int maxTotal) {
        Map<String, String> map = stringMapOrNull(name, maxEntries, maxKey, maxValue, maxTotal);
        return map == null ? Map.of() : map;
    }

    public @Nullable Map<String, String> stringMapOrNull(
            String name, int maxEntries, int maxKey, int maxValue, int maxTotal) {
        String expected = "an object of at most " + maxEntries + " strings";
        JsonNode value = read(name, false, expected, v -> v.isObject() && v.size() <= maxEntries ? v : null);
        if (value == null) {
            return null;
        }
        return texts.map(pathOf(name), value, maxKey, maxValue, maxTotal);
    }

    /** An array of at most {@code max} strings, each of 1 to 1,024 characters; empty when absent. */
    public List<String> stringList(String name, int max) {
        return stringList(name, max, ANY_TEXT);
    }

    public List<String> stringList(String name, int max, TextConstraint rule) {
        List<String> list = stringListOrNull(name, max, rule);
        return list == null ? List.of() : list;
    }

    public @Nullable List<String> stringListOrNull(String name, int max, TextConstraint rule) {
        String expected = "an array of at most " + max + " strings";
        JsonNode value = read(name, false, expected, v -> v.isArray() && v.size() <= max ? v : null);
        if (value == null) {
            return null;
        }
        return texts.list(pathOf(name), value, rule);
    }

    /** Any JSON value whose texts are free of control characters; null when absent. For fields that take several types. */
    public @Nullable JsonNode jsonOrNull(String name) {
        JsonNode value = read(name, false, "a JSON value", v -> v);
        if (value != null) {
            texts.requireClean(pathOf(name), value);
        }
        return value;
    }

    /**
     * For an object that is kept as it was sent.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed} if a text or a name in it, however deep, can't be written down again
     */
    JsonFields whole() {
        texts.requireWhole(path, node);
        validate();
        return this;
    }

    /** Whether the field was sent as null, where that is more than an error: in a patch. It counts as known. */
    public boolean isNull(String name) {
        known.add(name);
        return node.has(name) && node.get(name).isNull();
    }

    /** Whether the field was sent as a number, where a text is taken as well. */
    public boolean isNumber(String name) {
        return node.has(name) && node.get(name).isNumber();
    }

    /** Those of these fields that were sent, as they were, nulls included. They count as known, and nothing is checked. */
    public ObjectNode only(List<String> names) {
        known.addAll(names);
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            if (node.has(name)) {
                some.set(name, node.get(name));
            }
        }
        return some;
    }

    /** Counts these names as known though nothing reads them. */
    public void allow(String... names) {
        known.addAll(List.of(names));
    }

    /** Adds a violation that only the caller can see, such as one between two fields; shows the field's value. */
    public void reject(String name, String message, String expected) {
        JsonNode value = node.get(name);
        violationCollector.add(pathOf(name), message, value == null ? null : JsonTextValidator.shown(value), expected);
    }

    /** Refuses each field, here and in the objects read from here, that nothing has read. */
    public void rejectUnknown() {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                String near = SpellingSuggestion.to(name, known);
                violationCollector.addUnknown(
                        pathOf(name),
                        near == null ? "is not a known field" : "is not a known field; did you mean " + near + "?",
                        JsonTextValidator.shown(node.get(name)),
                        near == null ? "one of " + String.join(", ", known) : near);
            }
        }
        nested.forEach(JsonFields::rejectUnknown);
    }

    /**
     * Ends the reading.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException if there was any violation, with all of them
     */
    public void validate() {
        violationCollector.validate();
    }

    private @Nullable JsonFields object(String name, boolean required) {
        JsonNode value = read(name, required, "an object", v -> v.isObject() ? v : null);
        if (!(value instanceof ObjectNode object)) {
            return null;
        }
        JsonFields jsonFields = new JsonFields(object, pathOf(name), violationCollector);
        nested.add(jsonFields);
        return jsonFields;
    }

    private @Nullable String text(String name, TextConstraint rule, boolean required) {
        JsonNode value = read(name, required, rule.expected(), v -> v);
        return value == null ? null : texts.one(pathOf(name), value, rule);
    }

    private @Nullable Long whole(String name, long min, long max, boolean required) {
        return read(
                name,
                required,
                "an integer from " + min + " to " + max,
                v -> v.isIntegralNumber() && v.canConvertToLong() && v.longValue() >= min && v.longValue() <= max
                        ? v.longValue()
                        : null);
    }

    private @Nullable Boolean truth(String name, boolean required) {
        return read(name, required, "true or false", v -> v.isBoolean() ? v.booleanValue() : null);
    }

    private <T> @Nullable T chosen(String name, Map<String, T> byName, boolean required) {
        return read(
                name,
                required,
                "one of " + String.join(", ", byName.keySet()),
                v -> v.isString() ? byName.get(v.stringValue()) : null);
    }

    private <T> @Nullable T read(
            String name, boolean required, String expected, Function<JsonNode, @Nullable T> parse) {
        known.add(name);
        JsonNode value = node.get(name);
        if (value == null) {
            if (required) {
                violationCollector.add(pathOf(name), "is required", null, expected);
            }
            return null;
        }
        if (value.isNull()) {
            violationCollector.add(pathOf(name), "must not be null", "null", expected);
            return null;
        }
        T read = parse.apply(value);
        if (read == null) {
            violationCollector.add(pathOf(name), "must be " + expected, JsonTextValidator.shown(value), expected);
        }
        return read;
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
