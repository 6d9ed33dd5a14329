package dev.aicore.discovery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.aicore.discovery.config.settings.SettingFailureAnalyzer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartupFailureAnalyzerTest {

    @Test
    void unknownTarget_failsStartupWithExpectedValues() {
        assertThat(refusal("--service-discovery.target=queries"))
                .isEqualTo("target is 'queries', expected one of all, command, projections, query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "your-secret-key-here",
                "your-256-bit-secret-your-256-bit-secret",
                "a-string-secret-at-least-256-bits-long",
                "SecretKey012345678901234567890123456789012345678901234567890123456789",
                "change-me-change-me-change-me-change-me",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void weakSecret_onReachableServer_failsStartup(String secret) {
        for (var reach :
                List.of("--service-discovery.environment=production", "--service-discovery.server.host=0.0.0.0")) {
            assertThat(refusal(reach, "--service-discovery.auth.jwt.secret=" + secret))
                    .startsWith("auth.jwt.secret (JWT_SECRET) ")
                    .contains("expected")
                    .endsWith(": a strong secret is optional only in development on a loopback address")
                    .doesNotContain("\n", secret.isEmpty() ? "\r" : secret);
        }
    }

    @Test
    void singleTarget_withoutDatabaseUrl_failsStartup() {
        assertThat(refusal("--service-discovery.target=query", "--service-discovery.database.postgres.url="))
                .isEqualTo(
                        "database.postgres.url is missing, expected the URL of a PostgreSQL that all processes of the "
                                + "registry share, since target is 'query': the embedded one serves a single process");
    }

    @Test
    void unreachableDatabase_failsStartupWithOneLine(CapturedOutput output) {
        assertThat(catchThrowable(() -> ServiceDiscovery.application()
                        .run(
                                "--service-discovery.database.postgres.url=postgresql://a:secret@127.0.0.1:1/registry",
                                "--service-discovery.database.postgres.startup-timeout=0s")))
                .isNotNull();
        assertThat(output.getErr().lines().filter(line -> line.startsWith("Service Discovery can't start: ")))
                .singleElement(STRING)
                .startsWith(
                        "Service Discovery can't start: the database of database.postgres.url can't be used: Connection to"
                                + " 127.0.0.1:1 refused")
                .doesNotContain("secret");
        assertThat(output).doesNotContain("\tat ", "WARN", "ERROR", "SQL State");
    }

    private static String refusal(String... options) {
        Throwable failure = catchThrowable(() -> ServiceDiscovery.application().run(options));
        return SettingFailureAnalyzer.line(failure).orElseThrow(() -> new AssertionError("not one line", failure));
    }
}
