package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Refuses an empty duration, size, path or enumeration value of a setting that has a default. Spring Boot converts such
 * a value to null, and would replace it by the default in silence.
 */
final class EmptyValueHandler implements BindHandler {

    @Override
    public void onFinish(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, @Nullable Object result) {
        ConfigurationProperty property = context.getConfigurationProperty();
        if (result == null && property != null && property.getName().equals(name)) {
            SettingsCatalog.find(SettingNames.toFileNotation(name.toString()))
                    .filter(key -> !key.defaultValue().isEmpty())
                    .ifPresent(key -> {
                        throw InvalidSettingException.of(key.name(), null, SettingFailureAnalyzer.expected(key.type()));
                    });
        }
    }
}
