package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Derives Spring's time limit of a shutdown phase from {@code server.shutdown_timeout}, with its unit: a bare number is
 * seconds in the registry's settings, and milliseconds in Spring's property.
 */
final class ShutdownProperties extends EnumerablePropertySource<SettingsBinder> {

    private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

    ShutdownProperties(SettingsBinder settingsBinder) {
        super("service discovery shutdown", settingsBinder);
    }

    @Override
    public String[] getPropertyNames() {
        return new String[] {PHASE_TIMEOUT};
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return name.equals(PHASE_TIMEOUT)
                ? source.get(ServerSettings.class).shutdownTimeout().toMillis() + "ms"
                : null;
    }
}
