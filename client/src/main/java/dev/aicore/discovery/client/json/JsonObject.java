package dev.aicore.discovery.client.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Typed view of a parsed object. A member that is absent or of another type counts as absent, so that answers of later
 * versions of the registry can be read.
 */
public final class JsonObject {

    private static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<?, ?> members;

    private JsonObject(Map<?, ?> members) {
        this.members = members;
    }

    static JsonObject of(Map<?, ?> members) {
        return new JsonObject(members);
    }

    /** Returns a text; null if it is absent. */
    public @Nullable String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    public String text(String name, String fallback) {
        return members.get(name) instanceof String text ? text : fallback;
    }

    /** Returns an integer; a number that isn't one, or exceeds a long, counts as absent. */
    public long number(String name, long fallback) {
        Object value = members.get(name);
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof BigDecimal number) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException e) {
                return fallback;
            }
        }
        return fallback;
    }

    /** Returns any number as a double. */
    public double decimal(String name, double fallback) {
        return members.get(name) instanceof Number number ? number.doubleValue() : fallback;
    }

    public boolean flag(String name, boolean fallback) {
        return members.get(name) instanceof Boolean flag ? flag : fallback;
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** Returns an object; an empty one if it is absent. */
    public JsonObject object(String name) {
        return members.get(name) instanceof Map<?, ?> map ? new JsonObject(map) : EMPTY;
    }

    /** Returns the objects of an array; none if it is absent. */
    public List<JsonObject> objects(String name) {
        var objects = new ArrayList<JsonObject>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add(new JsonObject(map));
                }
            }
        }
        return objects;
    }

    /**
     * Returns the objects of an array that must be there.
     *
     * @throws JsonFormatException if it is absent, or an element isn't an object
     */
    public List<JsonObject> requiredObjects(String name) {
        var objects = objects(name);
        if (!(members.get(name) instanceof List<?> list) || list.size() != objects.size()) {
            throw new JsonFormatException("an array of objects is expected as " + name);
        }
        return objects;
    }

    /** Returns the texts of an array; none if it is absent. */
    public List<String> texts(String name) {
        var texts = new ArrayList<String>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** Returns the members whose value is a text. */
    public Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        members.forEach((name, value) -> {
            if (name instanceof String key && value instanceof String text) {
                texts.put(key, text);
            }
        });
        return texts;
    }

    /** Returns all members as parsed. */
    public Map<String, @Nullable Object> values() {
        var values = new LinkedHashMap<String, @Nullable Object>();
        members.forEach((name, value) -> values.put(String.valueOf(name), value));
        return values;
    }
}
