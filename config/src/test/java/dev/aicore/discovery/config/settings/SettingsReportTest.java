package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsReportTest {

    @TempDir
    Path directory;

    @Test
    void report_ofDefaults_hasNoProblemsAndListsEveryKey() {
        var report = report(Map.of());
        assertThat(report.problems()).isEmpty();
        assertThat(report.values())
                .allSatisfy(line -> assertThat(line).endsWith("  # default"))
                .anySatisfy(line -> assertThat(line).startsWith("server.port: 8080 "))
                .anySatisfy(line -> assertThat(line).startsWith("auth.jwt.algorithms: [\"RS256\"] "))
                .anySatisfy(line -> assertThat(line).startsWith("outbound.allow: [] "))
                .anySatisfy(line -> assertThat(line).startsWith("database.postgres.url: \"\" "));
        assertThat(report.values().stream().map(SettingsReportTest::withoutOrigin))
                .containsExactlyElementsOf(SettingDescription.all().stream()
                        .map(setting -> setting.name() + ": " + setting.defaultValue())
                        .toList());
    }

    @Test
    void report_showsOriginAndMasksSecrets() throws IOException {
        var file = write("a.yaml", """
                server: {host: "::1", port: 1}
                outbound: {deny: [10.0.0.0/8, 192.168.0.0/16]}
                database.redis.url: "redis://:${REDIS_WORD}@cache:6379"
                """);
        var report = report(
                Map.of(
                        "SERVICE_DISCOVERY__SERVER__IDLE_TIMEOUT", "30",
                        "DATABASE_URL", "postgresql://ann:hid@den@db/registry?password=hidden",
                        "JWT_SECRET", "hidden",
                        "REDIS_WORD", "hidden"),
                "--service-discovery.config-file=" + file,
                "--service-discovery.server.port=8081");
        assertThat(report.problems()).isEmpty();
        assertThat(report.values())
                .anySatisfy(line -> assertThat(line).matches("server.port: 8081 +# option"))
                .anySatisfy(line -> assertThat(line).matches("server.host: \"::1\" +# .*a.yaml.*1:16"))
                .anySatisfy(line -> assertThat(line)
                        .matches("server.idle_timeout: 30 +# variable SERVICE_DISCOVERY__SERVER__IDLE_TIMEOUT"))
                .anySatisfy(line ->
                        assertThat(line).matches("outbound.deny: \\[\"10.0.0.0/8\", \"192.168.0.0/16\"] +# .*a.yaml.*"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("database.postgres.url: \"postgresql://ann:***@db/registry?password=***\"")
                        .endsWith("# variable DATABASE_URL"))
                .anySatisfy(line -> assertThat(line).startsWith("database.redis.url: \"redis://:***@cache:6379\""))
                .anySatisfy(line -> assertThat(line).matches("auth.jwt.secret: \"\\*\\*\\*\" +# variable JWT_SECRET"))
                .noneSatisfy(line -> assertThat(line).containsAnyOf("hidden", "hid@den"));
    }

    @Test
    void redisUrl_withPasswordAsUserInfo_isMasked() throws IOException {
        var file = write("c.yaml", "database.redis.url: \"redis://hidden@cache:6379\"");

        assertThat(report(Map.of(), "--service-discovery.config-file=" + file).values())
                .anySatisfy(line -> assertThat(line).startsWith("database.redis.url: \"redis://***@cache:6379\""));
    }

    @Test
    void reportedValues_usedAsFile_yieldSameSettings() throws IOException {
        var shown = report(Map.of("SERVICE_DISCOVERY__REGISTRY__LEASES__MAX_SILENCE_TTLS", "7"))
                .values();
        var again = report(Map.of(), "--service-discovery.config-file=" + write("b.yaml", String.join("\n", shown)));
        assertThat(again.problems()).isEmpty();
        assertThat(again.values().stream().map(SettingsReportTest::withoutOrigin))
                .containsExactlyElementsOf(
                        shown.stream().map(SettingsReportTest::withoutOrigin).toList());
    }

    @Test
    void report_listsAllProblems() throws IOException {
        var file = write("c.yaml", """
                server: {prot: 1, host: [a, b]}
                registry:
                  registration: {default_ttl: 20, heartbeat_interval: 25}
                  leases: 3
                """);
        var report = report(
                Map.of("SERVICE_DISCOVERY__SERVER__PORT", "high", "SERVICE_DISCOVERY__QUITE__ELSE", "1"),
                "--service-discovery.config-file=" + file,
                "--service-discovery.auth.jwt.secrte=hidden",
                "--sampling=1");
        assertThat(report.problems())
                .hasSize(8)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("server.prot (")
                        .endsWith("is not a setting, did you mean 'server.port'?"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("server.host (").endsWith("is a list, expected a single value"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("registry.leases (")
                        .endsWith("is a single value, expected a section"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo(
                                "auth.jwt.secrte (option --service-discovery.auth.jwt.secrte) is not a setting, did you"
                                        + " mean '--service-discovery.auth.jwt.secret'?"))
                .anySatisfy(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "sampling (option --sampling) is not a setting, did you mean '--service-discovery.monitoring.tracing.sampling'?"))
                .anySatisfy(line -> assertThat(line).startsWith("quite.else (variable SERVICE_DISCOVERY__QUITE__ELSE)"))
                .contains(
                        "server.port is 'high', expected a whole number",
                        "registry.registration.heartbeat_interval is '25s', expected a duration from 1s to 20s");
    }

    @Test
    void report_includesCrossRecordRuleViolations() {
        var environment = environment(Map.of());
        var report = SettingsReport.of(environment, List.of(settingsBinder -> {
            throw InvalidSettingException.of(
                    "target", settingsBinder.get(ProcessSettings.class).target(), "something else");
        }));
        assertThat(report.problems()).containsExactly("target is 'ALL', expected something else");
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name), yaml);
    }

    private static String withoutOrigin(String line) {
        return line.replaceFirst(" +# .*", "");
    }

    private static SettingsReport report(Map<String, Object> variables, String... options) {
        return SettingsReport.of(environment(variables, options), List.of());
    }

    private static StandardEnvironment environment(Map<String, Object> variables, String... options) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace("systemEnvironment", new MapPropertySource("systemEnvironment", variables));
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(options));
        return environment;
    }
}
