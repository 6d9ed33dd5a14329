package dev.aicore.discovery.spring;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;

/** Names of all properties, read from the records that they are bound to. A key of a map is {@code *}. */
record PropertyNames(List<String> names) {

    static PropertyNames known() {
        var names = new ArrayList<String>();
        collect(RegistryProperties.PREFIX, RegistryProperties.class, names);
        return new PropertyNames(List.copyOf(names));
    }

    private static void collect(String prefix, Class<?> type, List<String> names) {
        var parameters = type.getDeclaredConstructors()[0].getParameters();
        var components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            var component = components[i];
            var renamed = parameters[i].getAnnotation(Name.class);
            var name = prefix + "."
                    + DataObjectPropertyName.toDashedForm(renamed == null ? component.getName() : renamed.value());
            if (component.getType().isRecord()) {
                collect(name, component.getType(), names);
            } else if (component.getType() == Map.class && valueType(component).isRecord()) {
                collect(name + ".*", valueType(component), names);
            } else {
                names.add(name);
            }
        }
    }

    private static Class<?> valueType(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1];
    }

    /** Returns the known name with the fewest different characters. */
    String nearest(String unknown) {
        return names.stream()
                .map(name -> withKeyOf(unknown, name))
                .min(Comparator.comparingInt(name -> distance(unknown, name)))
                .orElseThrow();
    }

    private static String withKeyOf(String unknown, String name) {
        var key = name.indexOf(".*");
        if (key < 0 || !unknown.startsWith(name.substring(0, key + 1))) {
            return name;
        }
        var end = unknown.indexOf('.', key + 1);
        return name.replace("*", end < 0 ? unknown.substring(key + 1) : unknown.substring(key + 1, end));
    }

    /** Returns the Levenshtein distance: the number of characters to insert, remove or replace. */
    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
