package dev.aicore.discovery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineFlagsTest {

    @Test
    void flags_areMappedToSettings() {
        assertThat(CommandLineFlags.options(List.of(
                        "--config",
                        "production.yaml",
                        "--environment=production",
                        "--log-level",
                        "warn",
                        "--port",
                        "8081",
                        "--host=0.0.0.0",
                        "--database-url",
                        "postgresql://localhost/registry",
                        "--service-discovery.server.idle-timeout=30s")))
                .containsExactlyInAnyOrder(
                        "--service-discovery.config-file=production.yaml",
                        "--service-discovery.environment=production",
                        "--service-discovery.monitoring.logging.level=warn",
                        "--service-discovery.server.port=8081",
                        "--service-discovery.server.host=0.0.0.0",
                        "--service-discovery.database.postgres.url=postgresql://localhost/registry",
                        "--service-discovery.server.idle-timeout=30s");
    }

    @Test
    void repeatedFlag_usesLastValue() {
        assertThat(CommandLineFlags.options(List.of("--debug", "--log-level", "warn", "--port=1", "--port=2")))
                .containsExactly(
                        "--service-discovery.monitoring.logging.level=warn", "--service-discovery.server.port=2");
        assertThat(CommandLineFlags.options(List.of("--log-level", "warn", "--debug")))
                .containsExactly("--service-discovery.monitoring.logging.level=debug");
    }

    @Test
    void unknownOrIncompleteFlag_isRefused() {
        refused(
                "'--prot' is not a flag, expected one of --config, --data-dir, --database-url, --dns-port, "
                        + "--environment, --host, ",
                "--prot");
        refused("'start' is not a flag", "start");
        refused("'--debug=true' is not a flag", "--debug=true");
        refused("--port is missing its value", "--port");
        refused("--port is missing its value", "--port=");
    }

    private static void refused(String line, String... arguments) {
        assertThatExceptionOfType(CommandLineFlags.FlagUsageException.class)
                .isThrownBy(() -> CommandLineFlags.options(List.of(arguments)))
                .withMessageStartingWith(line);
    }
}
