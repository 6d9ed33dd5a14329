package dev.aicore.discovery.config.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** Lists every key: one per component of the settings records, in the order of the records. */
final class SettingsCatalog {

    private static final List<SettingKey> KEYS = SettingsConfiguration.records().stream()
            .flatMap(SettingsCatalog::keys)
            .toList();

    private SettingsCatalog() {}

    static List<SettingKey> keys() {
        return KEYS;
    }

    private static Stream<SettingKey> keys(Class<?> record) {
        String section = Objects.requireNonNull(record.getAnnotation(ConfigurationProperties.class))
                .value();
        return Arrays.stream(record.getRecordComponents())
                .map(component -> new SettingKey(
                        SettingNames.toFileNotation(
                                section + "." + DataObjectPropertyName.toDashedForm(component.getName())),
                        component.getType()));
    }
}
