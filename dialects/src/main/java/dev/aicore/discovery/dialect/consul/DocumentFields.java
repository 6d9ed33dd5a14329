package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.dialect.consul.GoDuration.InvalidDurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Fields of a JSON object as Consul reads them: names match regardless of case and underscores, and {@code null} counts
 * as absent. A field that no method has read is unknown.
 */
final class DocumentFields {

    private record NamedValue(String name, JsonNode value) {}

    private final Map<String, NamedValue> values = new HashMap<>();
    private final Set<String> read = new HashSet<>();

    /**
     * Creates the fields of an object. Of names that differ only in case, the last one counts.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException if the value isn't an object
     */
    DocumentFields(JsonNode object) {
        if (!object.isObject()) {
            throw ConsulRefusals.undecodable("expected a JSON object, but found " + kind(object));
        }
        object.forEachEntry((name, value) -> values.put(canonical(name), new NamedValue(name, value)));
    }

    /** Returns a text; empty if absent. */
    String text(String name) {
        var value = value(name);
        if (value == null) {
            return "";
        }
        if (!value.isString()) {
            throw wrongKind(name, value, "a string");
        }
        return value.stringValue();
    }

    /** Returns an integer; null if absent. */
    @Nullable
    Integer integer(String name) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isInt()) {
            throw wrongKind(name, value, "an integer");
        }
        return value.intValue();
    }

    /** Returns a flag; false if absent. */
    boolean flag(String name) {
        var value = value(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrongKind(name, value, "a boolean");
        }
        return value.booleanValue();
    }

    /** Returns a duration: a text in Go's syntax, or a number of nanoseconds; null if absent or empty. */
    @Nullable
    Duration duration(String name) {
        var value = value(name);
        if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
            return Duration.ofNanos(value.longValue());
        }
        var text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return GoDuration.parse(text);
        } catch (InvalidDurationException e) {
            throw ConsulRefusals.undecodable(String.valueOf(e.getMessage()));
        }
    }

    /** Returns a list of texts; empty if absent. */
    List<String> texts(String name) {
        var value = value(name);
        return value == null ? List.of() : texts(name, value);
    }

    /** Returns a map of texts in the order of the document; empty if absent. */
    Map<String, String> textMap(String name) {
        var map = new LinkedHashMap<String, String>();
        var value = object(name);
        if (value != null) {
            value.forEachEntry((key, text) -> {
                if (!text.isString()) {
                    throw wrongKind(name + '.' + key, text, "a string");
                }
                map.put(key, text.stringValue());
            });
        }
        return map;
    }

    /** Returns a map of lists of texts, such as headers; empty if absent. */
    Map<String, List<String>> textsMap(String name) {
        var map = new LinkedHashMap<String, List<String>>();
        var value = object(name);
        if (value != null) {
            value.forEachEntry((key, list) -> map.put(key, texts(name + '.' + key, list)));
        }
        return map;
    }

    /** Returns an object; null if absent. */
    @Nullable
    JsonNode object(String name) {
        var value = value(name);
        if (value != null && !value.isObject()) {
            throw wrongKind(name, value, "an object");
        }
        return value;
    }

    /** Returns the elements of a list; empty if absent. */
    List<JsonNode> elements(String name) {
        var value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrongKind(name, value, "an array");
        }
        return value.valueStream().toList();
    }

    /** Returns a value of any kind, as it came; null if absent. */
    @Nullable
    JsonNode value(String name) {
        var key = canonical(name);
        read.add(key);
        var found = values.get(key);
        return found == null || found.value().isNull() ? null : found.value();
    }

    /**
     * Refuses fields that were not read.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException if there are any
     */
    void rejectUnknown() {
        values.forEach((key, named) -> {
            if (!read.contains(key)) {
                throw ConsulRefusals.undecodable("json: unknown field \"" + named.name() + '"');
            }
        });
    }

    private static List<String> texts(String name, JsonNode value) {
        if (!value.isArray()) {
            throw wrongKind(name, value, "an array of strings");
        }
        var texts = new ArrayList<String>();
        for (var element : value) {
            if (!element.isString()) {
                throw wrongKind(name, element, "a string");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    private static RuntimeException wrongKind(String name, JsonNode value, String expected) {
        return ConsulRefusals.undecodable(
                "field " + name + " is " + kind(value) + ", but " + expected + " is expected");
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            default -> "nothing";
        };
    }

    private static String canonical(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
