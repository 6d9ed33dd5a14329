package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Description of a key in the metadata that Spring Boot's configuration processor writes for this module.
 *
 * @param key the described key
 * @param metadata properties of the key in the metadata; missing if it is not there
 */
record SettingDescription(SettingKey key, JsonNode metadata) {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
    private static final Pattern BOUNDS = Pattern.compile(
            "(?<bounds>(?:(?:above )?[0-9A-Za-z_.]+(?: \\([a-z ]+\\))? to [0-9A-Za-z_.]+|one of [^;]+)); (?<effect>.*)");

    private static final Map<String, JsonNode> BY_NAME = read();
    private static final List<SettingDescription> ALL = SettingsCatalog.keys().stream()
            .map(key -> new SettingDescription(key, BY_NAME.getOrDefault(key.name(), MissingNode.getInstance())))
            .toList();

    /** Returns the descriptions of all keys, in the order of the catalog. */
    static List<SettingDescription> all() {
        return ALL;
    }

    /** Returns the names in the metadata, as in a file of settings. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static Map<String, JsonNode> read() {
        Map<String, JsonNode> properties = new HashMap<>();
        for (JsonNode property : JsonMapper.shared().readTree(METADATA.toFile()).path("properties")) {
            properties.put(SettingNames.toFileNotation(property.path("name").asString()), property);
        }
        return properties;
    }

    String name() {
        return key.name();
    }

    /** Returns the default as it is written in a file. */
    String defaultValue() {
        return key.written(key.defaultValue());
    }

    /** Returns the text of {@code @param}, in the form {@code bounds; effect}, or the effect alone. */
    String text() {
        return metadata.path("description").asString("");
    }

    /**
     * Returns the bounds, such as {@code 1s to 1h}, {@code 1 to max_batch_size} or {@code one of a, b}; empty if there
     * are none.
     */
    String bounds() {
        Matcher matcher = BOUNDS.matcher(text());
        return matcher.matches() ? matcher.group("bounds") : "";
    }

    /** Returns the effect of the setting. */
    String effect() {
        Matcher matcher = BOUNDS.matcher(text());
        return matcher.matches() ? matcher.group("effect") : text();
    }

    /** Names the case of a parameterized test. */
    @Override
    public String toString() {
        return key.name();
    }
}
