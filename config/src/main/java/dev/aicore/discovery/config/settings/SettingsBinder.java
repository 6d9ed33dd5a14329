package dev.aicore.discovery.config.settings;

import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Settings records without an application context: before it starts, in tools and in tests. */
public final class SettingsBinder {

    /** Of every property; a key of the file, dashes instead of underscores, follows. */
    public static final String PREFIX = "service-discovery.";

    private final ConfigurableEnvironment environment;

    private SettingsBinder(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** The documented defaults, whatever variables or files there are. */
    public static SettingsBinder defaults() {
        return with(Map.of());
    }

    /**
     * The documented defaults, but for these.
     *
     * @param properties by full name, such as {@code service-discovery.server.port}
     */
    public static SettingsBinder with(Map<String, Object> properties) {
        ConfigurableEnvironment environment = new BareEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", properties));
        new SettingsEnvironmentPostProcessor().apply(environment, SettingProblemListener.FATAL);
        return new SettingsBinder(environment);
    }

    /** What an application started with these options would see: options, variables, the file they name, defaults. */
    public static SettingsBinder of(ConfigurableEnvironment environment) {
        return new SettingsBinder(environment);
    }

    /**
     * Binds and validates one record.
     *
     * @param record annotated with {@link ConfigurationProperties}
     * @throws RuntimeException that {@link SettingFailureAnalyzer#line} turns into one line, if a value can't be used
     */
    public <T> T get(Class<T> record) {
        ConfigurationProperties properties =
                Objects.requireNonNull(AnnotationUtils.findAnnotation(record, ConfigurationProperties.class));
        return Binder.get(environment).bindOrCreate(properties.value(), record);
    }

    /** Without the process's own variables and system properties. */
    private static final class BareEnvironment extends AbstractEnvironment {}
}
