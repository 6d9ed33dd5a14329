package dev.aicore.discovery.config.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/** Lists every key with its value and its origin, as lines that are valid in a file of settings. Secrets are masked. */
final class SettingsListing {

    private static final String MASK = "***";

    private final ConfigurableEnvironment environment;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();

    SettingsListing(ConfigurableEnvironment environment) {
        this.environment = environment;
        ConfigurationPropertySources.from(environment.getPropertySources()).forEach(sources::add);
    }

    /** Returns the lines in the order of the records. */
    List<String> lines() {
        return SettingsCatalog.keys().stream().map(this::line).toList();
    }

    private String line(SettingKey key) {
        for (ConfigurationPropertySource source : sources) {
            List<ConfigurationProperty> found = found(source, key);
            if (!found.isEmpty()) {
                return "%-64s  # %s"
                        .formatted(key.name() + ": " + written(key, found), origin(source, found.getFirst()));
            }
        }
        throw new IllegalStateException(key.name() + " has no default");
    }

    /** Returns the value, or the elements of a list; empty if the source has none. */
    private static List<ConfigurationProperty> found(ConfigurationPropertySource source, SettingKey key) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(key.property());
        ConfigurationProperty single = source.getConfigurationProperty(name);
        if (single != null) {
            return List.of(single);
        }
        List<ConfigurationProperty> elements = new ArrayList<>();
        while (key.isList()) {
            ConfigurationProperty element = source.getConfigurationProperty(name.append("[" + elements.size() + "]"));
            if (element == null) {
                break;
            }
            elements.add(element);
        }
        return elements;
    }

    private String written(SettingKey key, List<ConfigurationProperty> found) {
        String value = found.stream()
                .map(property -> environment.resolvePlaceholders(String.valueOf(property.getValue())))
                .collect(Collectors.joining(","));
        if (key.isSecret()) {
            return key.written(value.isBlank() ? "" : MASK);
        }
        return key.written(key.isUrl() ? withoutPassword(value) : value);
    }

    private static String withoutPassword(String url) {
        // Text before @ without a colon is a user name and is shown, except in a Redis URL, where it is the password.
        return url.replaceFirst("//([^:/@]*):.*@", "//$1:" + MASK + "@")
                .replaceFirst("^(rediss?://)[^:/]*@", "$1" + MASK + "@")
                .replaceAll("(?i)(password=)[^&]*", "$1" + MASK);
    }

    private static String origin(ConfigurationPropertySource source, ConfigurationProperty property) {
        Object under = source.getUnderlyingSource();
        // A value under an old name has the origin of the source that it is given in.
        while (under instanceof PropertySource<?> renamed
                && renamed.getSource() instanceof PropertySource<?> original) {
            under = original;
        }
        return switch (under instanceof PropertySource<?> given ? given.getName() : "") {
            case SettingsEnvironmentPostProcessor.DEFAULTS -> "default";
            case "commandLineArgs" -> "option";
            case "systemProperties" -> "property of the JVM";
            default -> String.valueOf(property.getOrigin());
        };
    }
}
