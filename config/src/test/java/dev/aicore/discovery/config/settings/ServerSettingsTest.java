package dev.aicore.discovery.config.settings;

import static dev.aicore.discovery.config.settings.SettingsFixture.bound;
import static dev.aicore.discovery.config.settings.SettingsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.ProcessSettings.ProcessTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ServerSettingsTest {

    @Test
    void defaults_haveExpectedValues() {
        assertThat(SettingsBinder.defaults().get(ServerSettings.class))
                .isEqualTo(new ServerSettings(
                        "127.0.0.1",
                        8080,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(75),
                        true));
        assertThat(SettingsBinder.defaults().get(ProcessSettings.class))
                .isEqualTo(new ProcessSettings(Path.of("data"), "development", ProcessTarget.ALL))
                .matches(ProcessSettings::development);
    }

    @Test
    void serverAndProcessKeys_areBoundToRecords() {
        assertThat(bound(
                        ServerSettings.class,
                        Map.of(
                                "server.host", "::1",
                                "server.port", 0,
                                "server.shutdown_timeout", "2m",
                                "server.receive_timeout", 3,
                                "server.request_timeout", "4s",
                                "server.idle_timeout", "5m",
                                "server.hot_path", false)))
                .isEqualTo(new ServerSettings(
                        "::1",
                        0,
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofMinutes(5),
                        false));
        assertThat(bound(
                        ProcessSettings.class,
                        Map.of("data_dir", "/srv/registry", "environment", "staging-2", "target", "query")))
                .isEqualTo(new ProcessSettings(Path.of("/srv/registry"), "staging-2", ProcessTarget.QUERY));
    }

    @Test
    void connectionSettings_areBoundAndValidated() {
        assertThat(SettingsBinder.defaults().get(ConnectionSettings.class))
                .isEqualTo(new ConnectionSettings(10_000, 0.25, Duration.ofSeconds(10), DataSize.ofMegabytes(32)));
        var one = bound(
                ConnectionSettings.class, Map.of("server.max_connections", 3, "server.max_share_per_address", 0.5));
        assertThat(one.maxPerAddress(3)).isEqualTo(1);
        assertThat(one.maxPerAddress(1)).isEqualTo(1);
        refused(
                ConnectionSettings.class,
                "server.max_share_per_address",
                0,
                "server.max_share_per_address is '0.0', expected a number from 0.001 to 1.0");
        refused(
                ConnectionSettings.class,
                "server.first_request_timeout",
                "0s",
                "server.first_request_timeout is '0s', expected a duration from 1s to 3600s");
    }

    @Test
    void invalidValue_isRefused() {
        Class<?> server = ServerSettings.class;
        refused(server, "server.port", 65_536, "server.port is '65536', expected a whole number from 0 to 65535");
        refused(server, "server.port", "http", "server.port is 'http', expected a whole number");
        refused(server, "server.host", "a b", "server.host is 'a b', expected an address or host name to bind");
        refused(
                server,
                "server.shutdown_timeout",
                "soon",
                "server.shutdown_timeout is 'soon', expected a duration such as 30s, 5m, 1h, or a bare number of seconds");
        refused(
                server,
                "server.receive_timeout",
                "0s",
                "server.receive_timeout is '0s', expected a duration from 1s to 3600s");
        refused(
                server,
                "server.request_timeout",
                "2h",
                "server.request_timeout is '7200s', expected a duration from 1s to 3600s");
        refused(
                server,
                "server.idle_timeout",
                "2d",
                "server.idle_timeout is '172800s', expected a duration from 1s to 86400s");
        refused(
                ProcessSettings.class,
                "environment",
                "Prod!",
                "environment is 'Prod!', expected a name of lower-case letters, digits and dashes");
        refused(ProcessSettings.class, "data_dir", "", "data_dir is missing, expected a path");
        refused(
                ProcessSettings.class,
                "target",
                "queries",
                "target is 'queries', expected one of all, command, projections, query");
    }
}
