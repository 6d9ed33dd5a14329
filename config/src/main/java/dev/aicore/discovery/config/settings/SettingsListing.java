package dev.aicore.discovery.config.settings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.StringUtils;

/** Lists every key with its value and its origin, as lines that are valid in a file of settings. Secrets are masked. */
public final class SettingsListing {

    private static final String MASK = "***";

    /** Passwords of URLs: after a user name; alone before the host, as Redis allows; and as a parameter. */
    private static final Pattern PASSWORDS =
            Pattern.compile("//[^:/@]*:(.*)@|^rediss?://([^:/@]*)@|(?i:[?&]password=)([^&]*)");

    private final ConfigurableEnvironment environment;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();

    /** @param environment environment to which the defaults of the settings have been added, as by a start */
    public SettingsListing(ConfigurableEnvironment environment) {
        this.environment = environment;
        ConfigurationPropertySources.from(environment.getPropertySources()).forEach(sources::add);
    }

    /** Returns the lines in the order of the records. */
    public List<String> lines() {
        return SettingsCatalog.keys().stream().map(this::line).toList();
    }

    /**
     * Returns the secrets that the settings contain: values of secret keys, and passwords in URLs, also decoded.
     */
    public List<String> secrets() {
        return SettingsCatalog.keys().stream()
                .flatMap(this::secrets)
                .filter(secret -> !secret.isBlank())
                .distinct()
                .toList();
    }

    private Stream<String> secrets(SettingKey key) {
        if (!key.isSecret() && !key.isUrl()) {
            return Stream.empty();
        }
        return sources.stream()
                .map(source -> found(source, key))
                .filter(found -> !found.isEmpty())
                .limit(1)
                .flatMap(List::stream)
                .map(property -> environment.resolvePlaceholders(String.valueOf(property.getValue())))
                .flatMap(value -> key.isSecret() ? Stream.of(value) : passwords(value));
    }

    private static Stream<String> passwords(String url) {
        return PASSWORDS
                .matcher(url)
                .results()
                .flatMap(found -> Stream.of(found.group(1), found.group(2), found.group(3)))
                .filter(Objects::nonNull)
                .flatMap(password -> Stream.of(password, StringUtils.uriDecode(password, StandardCharsets.UTF_8)));
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
