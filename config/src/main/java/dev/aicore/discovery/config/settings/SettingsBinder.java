package dev.aicore.discovery.config.settings;

import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Binds settings records without an application context: before it starts, in tools and in tests. */
public final class SettingsBinder {

    /** Prefix of every property. The key as in the file follows, with dashes instead of underscores. */
    public static final String PREFIX = "service-discovery.";

    private static final EmptyValueHandler EMPTY_VALUE_HANDLER = new EmptyValueHandler();

    private final Binder binder;

    /** Attaches the environment's sources to it, as an application does, so that the names in them are parsed once. */
    private SettingsBinder(ConfigurableEnvironment environment) {
        ConfigurationPropertySources.attach(environment);
        this.binder = Binder.get(environment);
    }

    /** Returns a binder of the defaults; variables and files are ignored. */
    public static SettingsBinder defaults() {
        return with(Map.of());
    }

    /**
     * Returns a binder of the defaults with the given exceptions.
     *
     * @param properties values by full name, such as {@code service-discovery.server.port}
     */
    public static SettingsBinder with(Map<String, Object> properties) {
        ConfigurableEnvironment environment = new BareEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", properties));
        new SettingsEnvironmentPostProcessor().apply(environment, SettingProblemListener.FATAL);
        return new SettingsBinder(environment);
    }

    /** Returns a binder of the settings of an application in this environment: options, variables, files, defaults. */
    public static SettingsBinder of(ConfigurableEnvironment environment) {
        return new SettingsBinder(environment);
    }

    /**
     * Binds and validates one record.
     *
     * @param record class annotated with {@link ConfigurationProperties}
     * @throws RuntimeException if a value is invalid; {@link SettingFailureAnalyzer#line} turns it into one line
     */
    public <T> T get(Class<T> record) {
        ConfigurationProperties properties =
                Objects.requireNonNull(AnnotationUtils.findAnnotation(record, ConfigurationProperties.class));
        return binder.bindOrCreate(properties.value(), Bindable.of(record), EMPTY_VALUE_HANDLER);
    }

    /** Environment without the process's own variables and system properties. */
    private static final class BareEnvironment extends AbstractEnvironment {}
}
