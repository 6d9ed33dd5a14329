package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.Map;

/** Binds one settings record from keys as written in a file. */
final class SettingsFixture {

    private SettingsFixture() {}

    static <T> T bound(Class<T> type, Map<String, ?> keys) {
        Map<String, Object> properties = new HashMap<>();
        keys.forEach((key, value) -> properties.put(SettingsBinder.PREFIX + SettingNames.canonical(key), value));
        return SettingsBinder.with(properties).get(type);
    }

    static void refused(Class<?> type, String key, Object value, String line) {
        Throwable failure = catchThrowable(() -> bound(type, Map.of(key, value)));
        assertThat(failure).as("%s = %s", key, value).isNotNull();
        assertThat(SettingFailureAnalyzer.line(failure)).hasValue(line);
    }
}
