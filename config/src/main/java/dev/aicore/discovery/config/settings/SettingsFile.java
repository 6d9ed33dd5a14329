package dev.aicore.discovery.config.settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** A YAML file of settings, its keys brought into the form that properties have. */
final class SettingsFile {

    /** Sections of the framework that an operator may need; everything else must be a setting of ours. */
    private static final Set<String> FRAMEWORK = Set.of("spring", "logging", "management", "axon");

    private static final Pattern PLACEHOLDER_WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)}");

    /** An element of a list is known if the list is. */
    private static final Pattern LIST_INDEX = Pattern.compile("\\[[0-9]+]$");

    private final List<Map<String, Object>> documents;

    private SettingsFile(List<Map<String, Object>> documents) {
        this.documents = documents;
    }

    /** The file that says which keys there are. */
    static SettingsFile defaults(Resource resource) {
        return read(resource, null);
    }

    /** @throws InvalidSetting if it can't be parsed or has an unknown key */
    static SettingsFile read(Resource resource, @Nullable KnownKeys known) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (PropertySource<?> document : load(resource)) {
            documents.add(properties((EnumerablePropertySource<?>) document, known));
        }
        return new SettingsFile(documents);
    }

    KnownKeys keys() {
        return new KnownKeys(documents.stream()
                .flatMap(document -> document.keySet().stream())
                .map(KnownKeys::canonical)
                .collect(Collectors.toSet()));
    }

    PropertySource<?> source(String name) {
        return new OriginTrackedMapPropertySource(name, documents.getFirst(), true);
    }

    List<PropertySource<?>> sources(String name) {
        List<PropertySource<?>> sources = new ArrayList<>();
        for (Map<String, Object> document : documents) {
            sources.add(new OriginTrackedMapPropertySource(name + " " + sources.size(), document, true));
        }
        return sources;
    }

    private static List<PropertySource<?>> load(Resource resource) {
        String file = String.valueOf(resource.getFilename());
        try {
            return new YamlPropertySourceLoader().load(file, resource);
        } catch (MarkedYAMLException malformed) {
            throw InvalidSetting.file(
                    file,
                    "is not YAML at line " + (malformed.getProblemMark().getLine() + 1) + ": "
                            + malformed.getProblem());
        } catch (YAMLException | IOException | IllegalStateException malformed) {
            throw InvalidSetting.file(
                    file,
                    "can't be read: "
                            + String.valueOf(malformed.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
        }
    }

    private static Map<String, Object> properties(EnumerablePropertySource<?> document, @Nullable KnownKeys known) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) document.getSource()).entrySet()) {
            String key = String.valueOf(entry.getKey());
            OriginTrackedValue value = lenient(tracked(entry.getValue()));
            String canonical = KnownKeys.canonical(key);
            if (known == null || known.contains(LIST_INDEX.matcher(canonical).replaceFirst(""))) {
                properties.put(Settings.PREFIX + canonical, value);
            } else if (FRAMEWORK.contains(key.split("\\.", 2)[0])) {
                properties.put(key, value);
            } else if (!(known.isSection(canonical) && value.getValue().equals(""))) {
                throw InvalidSetting.unknown(
                        KnownKeys.written(key), String.valueOf(value.getOrigin()), known.nearest(canonical));
            }
        }
        return properties;
    }

    private static OriginTrackedValue tracked(Object value) {
        return value instanceof OriginTrackedValue tracked ? tracked : OriginTrackedValue.of(value);
    }

    /** A variable that doesn't exist leaves its setting empty, instead of leaving the placeholder as its value. */
    private static OriginTrackedValue lenient(OriginTrackedValue tracked) {
        return tracked.getValue() instanceof CharSequence text
                ? OriginTrackedValue.of(
                        PLACEHOLDER_WITHOUT_DEFAULT.matcher(text).replaceAll("\\${$1:}"), tracked.getOrigin())
                : tracked;
    }
}
