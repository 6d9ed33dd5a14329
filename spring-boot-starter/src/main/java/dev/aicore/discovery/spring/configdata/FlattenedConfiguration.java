package dev.aicore.discovery.spring.configdata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns nested objects and arrays into properties such as {@code a.b[0].c}. */
final class FlattenedConfiguration {
    private final Map<String, Object> properties = new LinkedHashMap<>();

    private FlattenedConfiguration() {}

    /** Returns the properties in their order. Null and empty containers become an empty text, as in YAML files. */
    static Map<String, Object> of(Map<String, ?> values) {
        var flattened = new FlattenedConfiguration();
        values.forEach((key, value) -> flattened.add(segment(key), value));
        return flattened.properties;
    }

    private void add(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, member) -> {
                var segment = segment(String.valueOf(key));
                add(segment.startsWith("[") ? name + segment : name + "." + segment, member);
            });
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                add(name + "[" + i + "]", list.get(i));
            }
        } else {
            properties.put(name, value == null || value instanceof Map || value instanceof List ? "" : value);
        }
    }

    /** Returns a key in brackets if binding would change its characters, such as those of a URL. */
    private static String segment(String key) {
        return key.matches("[A-Za-z0-9._-]+") ? key : "[" + key + "]";
    }
}
