package dev.aicore.discovery.config.settings;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Lists every key with its default: one per component of the settings records, in the order of the records. */
final class SettingsCatalog {

    private static final List<SettingKey> KEYS = SettingsConfiguration.records().stream()
            .flatMap(SettingsCatalog::keys)
            .toList();

    private SettingsCatalog() {}

    static List<SettingKey> keys() {
        return KEYS;
    }

    /** Returns the key of this name, as in a file of settings; empty if there is none. */
    static Optional<SettingKey> find(@Nullable String name) {
        return KEYS.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    private static Stream<SettingKey> keys(Class<?> record) {
        String section = Objects.requireNonNull(record.getAnnotation(ConfigurationProperties.class))
                .value();
        Constructor<?> constructor = record.getDeclaredConstructors()[0];
        Parameter[] parameters = constructor.getParameters();
        Annotation[][] annotations = constructor.getParameterAnnotations();
        return IntStream.range(0, parameters.length)
                .mapToObj(at -> new SettingKey(
                        SettingNames.toFileNotation(
                                section + "." + DataObjectPropertyName.toDashedForm(parameters[at].getName())),
                        parameters[at].getType(),
                        defaultValue(annotations[at])));
    }

    private static String defaultValue(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .filter(DefaultValue.class::isInstance)
                .map(annotation -> String.join(",", ((DefaultValue) annotation).value()))
                .findFirst()
                .orElse("");
    }
}
