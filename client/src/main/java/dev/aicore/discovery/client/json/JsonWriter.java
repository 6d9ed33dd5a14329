package dev.aicore.discovery.client.json;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, collections, texts, numbers, booleans and null as JSON without blanks. */
public final class JsonWriter {

    private static final int FIRST_UNESCAPED = 0x20;

    private final StringBuilder written = new StringBuilder();

    private JsonWriter() {}

    /**
     * Returns a value as JSON.
     *
     * @throws IllegalArgumentException if a value has another type
     */
    public static String write(@Nullable Object value) {
        var writer = new JsonWriter();
        writer.append(value);
        return writer.written.toString();
    }

    private void append(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Number) {
            written.append(value);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Collection<?> collection) {
            array(collection);
        } else {
            throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
        }
    }

    private void object(Map<?, ?> map) {
        written.append('{');
        boolean isFirst = true;
        for (var member : map.entrySet()) {
            if (!isFirst) {
                written.append(',');
            }
            isFirst = false;
            text(String.valueOf(member.getKey()));
            written.append(':');
            append(member.getValue());
        }
        written.append('}');
    }

    private void array(Collection<?> collection) {
        written.append('[');
        boolean isFirst = true;
        for (Object element : collection) {
            if (!isFirst) {
                written.append(',');
            }
            isFirst = false;
            append(element);
        }
        written.append(']');
    }

    private void text(String text) {
        written.append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            switch (next) {
                case '"' -> written.append("\\\"");
                case '\\' -> written.append("\\\\");
                case '\n' -> written.append("\\n");
                case '\r' -> written.append("\\r");
                case '\t' -> written.append("\\t");
                default -> {
                    if (next < FIRST_UNESCAPED || Character.isSurrogate(next)) {
                        written.append(String.format("\\u%04x", (int) next));
                    } else {
                        written.append(next);
                    }
                }
            }
        }
        written.append('"');
    }
}
