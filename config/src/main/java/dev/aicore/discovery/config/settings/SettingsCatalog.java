package dev.aicore.discovery.config.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.io.ClassPathResource;

/**
 * Lists every key in the order of the documented file. Default, bounds and effect are read from that file; the type
 * comes from the record that the key is bound to.
 *
 * <p>The description of a key is the comment behind its value, continued by comment lines with the same column, in the
 * form {@code bounds; effect}. If there is no comment behind the value, the comment lines above the key are the
 * description.
 */
final class SettingsCatalog {

    static final ClassPathResource FILE = new ClassPathResource("/config/service-discovery.yaml");

    private static final String VALUE = "\"[^\"]*\"|\\[[^]]*]|[^\\s#\"\\[]+";
    private static final Pattern LINE =
            Pattern.compile("(?<indent> *)(?<word>[a-z][a-z0-9_]*):(?: +(?<value>" + VALUE + "))?(?: *# (?<said>.*))?");
    private static final Pattern COMMENT = Pattern.compile(" *# (?<said>.*)");
    private static final Pattern BOUNDS = Pattern.compile(
            "(?<bounds>(?:(?:above )?[0-9A-Za-z_.]+(?: \\([a-z ]+\\))? to [0-9A-Za-z_.]+|one of [^;]+)); (?<effect>.*)");

    private static final SettingsCatalog TABLE = read();

    private final List<SettingKey> keys;

    private SettingsCatalog(List<SettingKey> keys) {
        this.keys = List.copyOf(keys);
    }

    static List<SettingKey> keys() {
        return TABLE.keys;
    }

    private static SettingsCatalog read() {
        try {
            return new CatalogReader()
                    .of(FILE.getContentAsString(StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the types of all records' components, by property. */
    private static Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new HashMap<>();
        for (Class<?> record : SettingsConfiguration.records()) {
            String section = Objects.requireNonNull(record.getAnnotation(ConfigurationProperties.class))
                    .value();
            for (var component : record.getRecordComponents()) {
                types.put(
                        section + "." + DataObjectPropertyName.toDashedForm(component.getName()), component.getType());
            }
        }
        return types;
    }

    /** Reads the lines of the file one by one. */
    private static final class CatalogReader {

        private final Map<String, Class<?>> types = types();
        private final List<SettingKey> keys = new ArrayList<>();
        private final List<String> sections = new ArrayList<>();
        private final List<String> above = new ArrayList<>();

        /** Column of the comment behind the last key; -1 if there was none. */
        private int column = -1;

        SettingsCatalog of(List<String> lines) {
            for (String line : lines) {
                Matcher comment = COMMENT.matcher(line);
                Matcher key = LINE.matcher(line);
                if (comment.matches()) {
                    comment(line.indexOf('#'), comment.group("said"));
                } else if (key.matches()) {
                    key(key);
                } else {
                    above.clear();
                    column = -1;
                }
            }
            return new SettingsCatalog(keys);
        }

        private void comment(int at, String comment) {
            if (at == column) {
                SettingKey last = keys.removeLast();
                keys.add(key(last.name(), last.defaultValue(), joined(last.bounds(), last.effect()) + " " + comment));
            } else {
                above.add(comment);
            }
        }

        private void key(Matcher line) {
            while (sections.size() > line.group("indent").length() / 2) {
                sections.removeLast();
            }
            sections.add(line.group("word"));
            String value = line.group("value");
            if (value != null) {
                String behind = line.group("said");
                keys.add(key(String.join(".", sections), value, behind == null ? String.join(" ", above) : behind));
                column = behind == null ? -1 : line.start("said") - 2;
            } else {
                column = -1;
            }
            above.clear();
        }

        private SettingKey key(String name, String value, String comment) {
            Class<?> type = types.get(SettingsBinder.PREFIX + SettingNames.canonical(name));
            if (type == null) {
                throw new IllegalStateException(name + " is documented, but no setting is bound to it");
            }
            Matcher bounds = BOUNDS.matcher(comment);
            return bounds.matches()
                    ? new SettingKey(name, type, bounds.group("bounds"), value, bounds.group("effect"))
                    : new SettingKey(name, type, "", value, comment);
        }

        private static String joined(String bounds, String effect) {
            return bounds.isEmpty() ? effect : bounds + "; " + effect;
        }
    }
}
