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
 * The fields of a JSON object, read by name and type. Collects violations instead of throwing: read everything, then
 * call {@link #rejectUnknown()} and {@link #validate()}. Until then an invalid value reads as a placeholder of its type
 * (empty text, smallest number, first choice).
 *
 * <p>Each type has three methods: {@code x} requires the field, {@code xOr} has a fallback, {@code xOrNull} returns
 * null if the field is missing. An explicit {@code null} is always a violation. Nested objects add to the same
 * violations. Not thread-safe.
 *
 * <p>With typed records, Jackson would refuse a body because of its types before Bean Validation could look at its
 * values, so that a caller would not get all violations at once; and the hot path would bind by reflection.
 */
public final class JsonFields {
    private static final TextConstraint ANY_TEXT = TextConstraint.nonEmpty(1024);

    private final ObjectNode node;
    private final String path;
    private final ViolationCollector violationCollector;
    private final JsonTextValidator texts;
    private final Set<String> readNames = new LinkedHashSet<>();
    private final List<JsonFields> nested = new ArrayList<>();

    private JsonFields(ObjectNode node, String path, ViolationCollector violationCollector) {
        this.node = node;
        this.path = path;
        this.violationCollector = violationCollector;
        this.texts = new JsonTextValidator(violationCollector);
    }

    /** Returns the fields of an object that isn't a body itself, such as the merge of a body and the previous state. */
    public static JsonFields of(ObjectNode node) {
        return new JsonFields(node, "", new ViolationCollector(ErrorCode.UNKNOWN_FIELD));
    }

    static JsonFields empty() {
        return of(JsonNodeFactory.instance.objectNode());
    }

    /** Returns true if the field was sent, even as null. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** Returns a text of 1 to 1,024 characters. */
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

    /** Returns a whole number from {@code min} to {@code max}, both included. */
    public int integer(String name, int min, int max) {
        return (int) (long) or(requireStorable(name, min, max, true), (long) min);
    }

    public int integerOr(String name, int min, int max, int fallback) {
        return (int) (long) or(requireStorable(name, min, max, false), (long) fallback);
    }

    public @Nullable Integer integerOrNull(String name, int min, int max) {
        Long value = requireStorable(name, min, max, false);
        return value == null ? null : value.intValue();
    }

    /** Returns a whole number from {@code min} to {@code max}, both included. */
    public long number(String name, long min, long max) {
        return or(requireStorable(name, min, max, true), min);
    }

    public long numberOr(String name, long min, long max, long fallback) {
        return or(requireStorable(name, min, max, false), fallback);
    }

    public boolean bool(String name) {
        return or(readBoolean(name, true), false);
    }

    public boolean boolOr(String name, boolean fallback) {
        return or(readBoolean(name, false), fallback);
    }

    public @Nullable Boolean boolOrNull(String name) {
        return readBoolean(name, false);
    }

    public <T> T choice(String name, Choices<T> choices) {
        return or(readChoice(name, choices, true), choices.first());
    }

    public <T> T choiceOr(String name, Choices<T> choices, T fallback) {
        return or(readChoice(name, choices, false), fallback);
    }

    public <T> @Nullable T choiceOrNull(String name, Choices<T> choices) {
        return readChoice(name, choices, false);
    }

    /** Returns a nested object. This object's {@link #validate()} reports its violations, with dotted paths. */
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
     * Returns an array of at most {@code max} objects; null if it is missing or no array. This object's
     * {@link #validate()} reports their violations. An element of another type reads as an empty object.
     */
    public @Nullable List<JsonFields> objectListOrNull(String name, int max) {
        String expected = "an array of at most " + max + " objects";
        JsonNode value = read(name, false, expected, v -> v.isArray() && v.size() <= max ? v : null);
        if (value == null) {
            return null;
        }
        List<JsonFields> objects = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            String elementPath = pathOf(name) + "[" + i + "]";
            if (value.get(i) instanceof ObjectNode object) {
                JsonFields jsonFields = new JsonFields(object, elementPath, violationCollector);
                nested.add(jsonFields);
                objects.add(jsonFields);
            } else {
                objects.add(empty());
                violationCollector.add(
                        elementPath, "must be an object", JsonTextValidator.shown(value.get(i)), "an object");
            }
        }
        return objects;
    }

    /**
     * Returns an object whose values are all strings, in the order sent; empty if it is missing.
     *
     * @param maxKey maximum number of characters of a key, which has at least one
     * @param maxValue maximum number of characters of a value, which may be empty
     * @param maxTotal maximum number of characters of all keys and values together
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

    /** Returns an array of at most {@code max} strings, each of 1 to 1,024 characters; empty if it is missing. */
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

    /**
     * Returns any JSON value whose texts contain no control characters; null if it is missing. For fields of several
     * types.
     */
    public @Nullable JsonNode jsonOrNull(String name) {
        JsonNode value = read(name, false, "a JSON value", v -> v);
        if (value != null) {
            texts.requireClean(pathOf(name), value);
        }
        return value;
    }

    /**
     * Returns these fields after a check that the object can be stored as it was sent.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed} if a text or name at any depth
     *     can't be encoded
     */
    JsonFields requireStorable() {
        texts.requireWhole(path, node);
        validate();
        return this;
    }

    /** Returns true if the field was sent as null, for patches, where null has a meaning. Marks the field as known. */
    public boolean isNull(String name) {
        readNames.add(name);
        return node.has(name) && node.get(name).isNull();
    }

    /** Returns true if the field was sent as a number, for fields that may be a text as well. */
    public boolean isNumber(String name) {
        return node.has(name) && node.get(name).isNumber();
    }

    /** Returns the sent fields of these names unchanged and unchecked, including nulls. Marks the names as known. */
    public ObjectNode only(List<String> names) {
        readNames.addAll(names);
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            if (node.has(name)) {
                some.set(name, node.get(name));
            }
        }
        return some;
    }

    /** Marks names as known without reading their fields. */
    public void allow(String... names) {
        readNames.addAll(List.of(names));
    }

    /**
     * Adds a violation that only the calling code can detect, such as one between two fields. Shows the field's value.
     */
    public void reject(String name, String message, String expected) {
        JsonNode value = node.get(name);
        violationCollector.add(pathOf(name), message, value == null ? null : JsonTextValidator.shown(value), expected);
    }

    /** Adds a violation for each field that nothing has read, in this object and in nested objects that were read. */
    public void rejectUnknown() {
        for (String name : node.propertyNames()) {
            if (!readNames.contains(name)) {
                String near = SpellingSuggestion.to(name, readNames);
                violationCollector.addUnknown(
                        pathOf(name),
                        near == null ? "is not a known field" : "is not a known field; did you mean " + near + "?",
                        JsonTextValidator.shown(node.get(name)),
                        near == null ? "one of " + String.join(", ", readNames) : near);
            }
        }
        nested.forEach(JsonFields::rejectUnknown);
    }

    /**
     * Throws if there are violations.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException with all violations, if there are any
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

    private @Nullable Long requireStorable(String name, long min, long max, boolean required) {
        return read(
                name,
                required,
                "an integer from " + min + " to " + max,
                v -> v.isIntegralNumber() && v.canConvertToLong() && v.longValue() >= min && v.longValue() <= max
                        ? v.longValue()
                        : null);
    }

    private @Nullable Boolean readBoolean(String name, boolean required) {
        return read(name, required, "true or false", v -> v.isBoolean() ? v.booleanValue() : null);
    }

    private <T> @Nullable T readChoice(String name, Choices<T> choices, boolean required) {
        return read(name, required, choices.expected(), v -> v.isString() ? choices.get(v.stringValue()) : null);
    }

    private <T> @Nullable T read(
            String name, boolean required, String expected, Function<JsonNode, @Nullable T> parse) {
        readNames.add(name);
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
