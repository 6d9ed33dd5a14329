package dev.aicore.discovery.config.settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a YAML file of settings and converts its keys to property names. */
final class SettingsFile {

    /** Sections of the frameworks that an operator may need; every other key must be a setting of the registry. */
    static final Set<String> FRAMEWORK = Set.of("spring", "logging", "management", "axon");

    private static final Pattern PLACEHOLDER_WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)}");

    private static final Pattern LIST_INDEX = Pattern.compile("\\[[0-9]+].*$");

    private final SettingNames known;
    private final SettingProblemListener problems;

    /**
     * Creates a reader. It reports keys that are unknown or misplaced, and a file that can't be parsed, to
     * {@code problems}, and leaves them out.
     *
     * @param known the known keys
     */
    SettingsFile(SettingNames known, SettingProblemListener problems) {
        this.known = known;
        this.problems = problems;
    }

    /** Returns one property source per document of the file, in their order, named {@code name} and its number. */
    List<PropertySource<?>> read(Resource resource, String name) {
        List<PropertySource<?>> sources = new ArrayList<>();
        for (PropertySource<?> document : load(resource)) {
            sources.add(new OriginTrackedMapPropertySource(
                    name + " " + sources.size(), properties((EnumerablePropertySource<?>) document), true));
        }
        return sources;
    }

    private List<PropertySource<?>> load(Resource resource) {
        String file = String.valueOf(resource.getFilename());
        try {
            return new YamlPropertySourceLoader().load(file, resource);
        } catch (MarkedYAMLException malformed) {
            problems.add(InvalidSettingException.file(
                    file,
                    "is not YAML at line " + (malformed.getProblemMark().getLine() + 1) + ": "
                            + firstLine(malformed.getProblem())));
        } catch (YAMLException | IOException | IllegalStateException malformed) {
            problems.add(InvalidSettingException.file(file, "can't be read: " + firstLine(malformed.getMessage())));
        }
        return List.of();
    }

    private static String firstLine(@Nullable String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }

    private Map<String, Object> properties(EnumerablePropertySource<?> document) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) document.getSource()).entrySet()) {
            String written = String.valueOf(entry.getKey());
            OriginTrackedValue value = lenient(tracked(entry.getValue()));
            if (FRAMEWORK.contains(written.split("\\.", 2)[0])) {
                properties.put(written, value);
            } else {
                addProperty(written, value, properties);
            }
        }
        return properties;
    }

    private void addProperty(String written, OriginTrackedValue value, Map<String, Object> properties) {
        String key = SettingNames.canonical(written);
        String whole = withoutIndex(key);
        String where = String.valueOf(value.getOrigin());
        if (known.accepts(key) || (known.isList(whole) && key.endsWith("]"))) {
            properties.put(SettingsBinder.PREFIX + key, value);
        } else if (known.contains(whole)) {
            // Reports a list once, not once per element.
            if (key.contains("[0]")) {
                problems.add(InvalidSettingException.notAList(SettingNames.toFileNotation(whole), where));
            }
        } else if (!known.isSection(key)) {
            problems.add(
                    InvalidSettingException.unknown(SettingNames.toFileNotation(written), where, known.nearest(whole)));
        } else if (!value.getValue().equals("")) {
            problems.add(InvalidSettingException.notASection(SettingNames.toFileNotation(written), where));
        }
    }

    /** Returns the name of the list that the name is an element of; any other name as it is. */
    static String withoutIndex(String name) {
        return LIST_INDEX.matcher(name).replaceFirst("");
    }

    private static OriginTrackedValue tracked(Object value) {
        return value instanceof OriginTrackedValue tracked ? tracked : OriginTrackedValue.of(value);
    }

    /**
     * Gives placeholders without a default an empty default, so that a missing variable leaves its setting empty
     * instead of the placeholder as its value.
     */
    private static OriginTrackedValue lenient(OriginTrackedValue tracked) {
        return tracked.getValue() instanceof CharSequence text
                ? OriginTrackedValue.of(
                        PLACEHOLDER_WITHOUT_DEFAULT.matcher(text).replaceAll("\\${$1:}"), tracked.getOrigin())
                : tracked;
    }
}
