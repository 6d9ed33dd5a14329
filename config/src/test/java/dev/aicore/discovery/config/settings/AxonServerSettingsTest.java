package dev.aicore.discovery.config.settings;

import static dev.aicore.discovery.config.settings.SettingsFixture.bound;
import static dev.aicore.discovery.config.settings.SettingsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.AxonServerSettings.NodeAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AxonServerSettingsTest {

    @Test
    void defaults_exportNothing() {
        var defaults = SettingsBinder.defaults().get(AxonServerSettings.class);

        assertThat(defaults.nodes()).isEmpty();
        assertThat(defaults.accessToken()).isNull();
        assertThat(defaults.context()).isEqualTo("registry");
    }

    @Test
    void servers_areParsedWithTheDefaultPort() {
        var settings = bound(AxonServerSettings.class, Map.of("axon_server.servers", "axon-1, axon-2:9124"));

        assertThat(settings.nodes())
                .isEqualTo(List.of(new NodeAddress("axon-1", 8_124), new NodeAddress("axon-2", 9_124)));
    }

    @Test
    void accessToken_isNotShown() {
        var settings = bound(AxonServerSettings.class, Map.of("axon_server.access_token", "t0p-s3cret"));

        assertThat(settings.accessToken()).isEqualTo("t0p-s3cret");
        assertThat(settings.toString()).doesNotContain("t0p-s3cret");
    }

    @Test
    void invalidValue_isRefused() {
        refused(
                AxonServerSettings.class,
                "axon_server.servers",
                "axon-1:0",
                "axon_server.servers is 'axon-1:0', expected HOST or HOST:PORT, such as axon-1:8124");
        refused(
                AxonServerSettings.class,
                "axon_server.context",
                "a b",
                "axon_server.context is 'a b', expected 1 to 64 letters, digits, dots, hyphens and underscores");
        refused(
                AxonServerSettings.class,
                "axon_server.batch_size",
                0,
                "axon_server.batch_size is '0', expected a whole number from 1 to 5000");
    }
}
