package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.aicore.discovery.config.settings.MonitoringSettings.MetricsSettings;
import dev.aicore.discovery.config.settings.MonitoringSettings.TracingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

class SettingsEnvironmentPostProcessorTest {

    @TempDir
    Path directory;

    @Test
    void documentedBasicConfiguration_isBoundCompletely() {
        SettingsBinder settingsBinder =
                SettingsBinder.of(environment(Map.of(), Path.of("src/test/resources/settings/basic.yaml")));
        assertThat(settingsBinder.get(ServerSettings.class)).isEqualTo(server("0.0.0.0", 8080));
        assertThat(settingsBinder.get(RegistrationSettings.class))
                .isEqualTo(new RegistrationSettings(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15),
                        Duration.ofHours(1),
                        1_000_000));
        assertThat(settingsBinder.get(DiscoverySettings.class))
                .isEqualTo(new DiscoverySettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        true,
                        120_000,
                        HeapShare.ofPercent(1),
                        Duration.ofMinutes(10),
                        0.3));
        assertThat(settingsBinder.get(HealthCheckSettings.class))
                .isEqualTo(SettingsBinder.defaults().get(HealthCheckSettings.class));
        assertThat(settingsBinder.get(LoadBalancerSettings.class)).isEqualTo(new LoadBalancerSettings("round_robin"));
        assertThat(settingsBinder.get(PostgresSettings.class))
                .isEqualTo(new PostgresSettings(
                        "postgresql://postgres:password@localhost:5432/ai_core",
                        20,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30)));
        assertThat(settingsBinder.get(RedisSettings.class))
                .isEqualTo(new RedisSettings(
                        "redis://localhost:6379",
                        0,
                        "service_discovery:",
                        20,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1)));
        assertThat(settingsBinder.get(JwtSettings.class))
                .isEqualTo(new JwtSettings(null, Duration.ofHours(1), Duration.ofHours(24)));
        assertThat(settingsBinder.get(RbacSettings.class)).isEqualTo(new RbacSettings(true, "viewer", List.of()));
        assertThat(settingsBinder.get(MetricsSettings.class)).isEqualTo(new MetricsSettings(true, "/metrics"));
        assertThat(settingsBinder.get(TracingSettings.class))
                .isEqualTo(new TracingSettings(true, "http://jaeger:14268/api/traces", 1.0));
        assertThat(settingsBinder.get(LoggingSettings.class))
                .isEqualTo(new LoggingSettings("info", "json", null, DataSize.ofMegabytes(16), 4, 100));
    }

    @Test
    void documentedTuningConfiguration_isBoundCompletely() {
        SettingsBinder settingsBinder =
                SettingsBinder.of(environment(Map.of(), Path.of("src/test/resources/settings/tuning.yaml")));
        assertThat(settingsBinder.get(PostgresSettings.class))
                .isEqualTo(new PostgresSettings(
                        null,
                        50,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30)));
        assertThat(settingsBinder.get(RedisSettings.class).maxConnections()).isEqualTo(100);
        assertThat(settingsBinder.get(HealthCheckSettings.class))
                .returns(Duration.ofSeconds(15), HealthCheckSettings::defaultInterval)
                .returns(Duration.ofSeconds(3), HealthCheckSettings::timeout)
                .returns(2, HealthCheckSettings::failureThreshold)
                .returns(2, HealthCheckSettings::successThreshold);
    }

    @Test
    void environmentVariable_withDoubleUnderscores_isBoundToNestedKey() {
        SettingsBinder settingsBinder = SettingsBinder.of(environment(Map.of(
                "SERVICE_DISCOVERY__DATABASE__POSTGRES__URL", "postgresql://user:pass@host:5432/db",
                "SERVICE_DISCOVERY__DATABASE__POSTGRES__MAX_CONNECTIONS", "9",
                "SERVICE_DISCOVERY__DATABASE__REDIS__URL", "redis://localhost:6379",
                "SERVICE_DISCOVERY__MONITORING__LOGGING__LEVEL", "debug",
                "SERVICE_DISCOVERY__REGISTRY__REGISTRATION__DEFAULT_TTL", "45",
                "JWT_SECRET", "your-secret-key-here")));
        assertThat(settingsBinder.get(PostgresSettings.class))
                .isEqualTo(new PostgresSettings(
                        "postgresql://user:pass@host:5432/db",
                        9,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30)));
        assertThat(settingsBinder.get(RedisSettings.class).url()).isEqualTo("redis://localhost:6379");
        assertThat(settingsBinder.get(LoggingSettings.class).level()).isEqualTo("debug");
        assertThat(settingsBinder.get(RegistrationSettings.class).defaultTtl()).isEqualTo(Duration.ofSeconds(45));
        assertThat(settingsBinder.get(JwtSettings.class).secret()).isEqualTo("your-secret-key-here");
    }

    @Test
    void shortVariable_withFileSuffix_isReadFromFile(@TempDir Path secrets) throws IOException {
        Path url = Files.writeString(secrets.resolve("url"), "postgresql://a:secret@host/db\n");
        SettingsBinder settingsBinder =
                SettingsBinder.of(environment(Map.of("DATABASE_URL_FILE", url.toString(), "JWT_SECRET_FILE", "")));
        assertThat(settingsBinder.get(PostgresSettings.class).password()).isEqualTo("secret");
        assertThat(settingsBinder.get(JwtSettings.class).secret()).isNull();
    }

    @Test
    void fileVariable_ifMissingOrAmbiguous_isRefused(@TempDir Path secrets) {
        String missing = secrets.resolve("missing").toString();
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> environment(Map.of("REDIS_URL_FILE", missing)))
                .withMessage("REDIS_URL_FILE is '" + missing + "', expected a readable file with the value");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> environment(Map.of("JWT_SECRET_FILE", missing, "JWT_SECRET", "x")))
                .withMessage("JWT_SECRET_FILE is '" + missing + "', expected no value, because JWT_SECRET is set");
    }

    @Test
    void shortVariable_yieldsToFullNameAndIsIgnoredIfEmpty() {
        ConfigurableEnvironment environment = environment(Map.of(
                "DATABASE_URL", "postgresql://a:b@short/db",
                "SERVICE_DISCOVERY__DATABASE__POSTGRES__URL", "postgresql://a:b@full/db",
                "REDIS_URL", ""));
        SettingsBinder settingsBinder = SettingsBinder.of(environment);
        assertThat(settingsBinder.get(PostgresSettings.class).jdbcUrl()).isEqualTo("jdbc:postgresql://full:5432/db");
        assertThat(settingsBinder.get(RedisSettings.class).external()).isFalse();
        assertThat(environment.getProperty("spring.datasource.url")).isEqualTo("jdbc:postgresql://full:5432/db");
        assertThat(environment.getProperty("spring.r2dbc.url")).isEqualTo("r2dbc:postgresql://full:5432/db");
        assertThat(environment.getProperty("spring.r2dbc.username")).isEqualTo("a");
        assertThat(environment.getProperty("spring.datasource.password")).isEqualTo("b");
    }

    @Test
    void precedence_isVariablesThenFileThenDefaults() throws IOException {
        Path file = write("""
                service-discovery:
                  server: {port: 1111, host: "::1"}
                registry.leases.max_silence_ttls: 7
                load_balancer:
                event_store:
                auth.jwt.secret: "${SOME_SECRET}"
                spring.main.banner-mode: "off"
                """);
        ConfigurableEnvironment environment =
                environment(Map.of("SERVICE_DISCOVERY__SERVER__PORT", "2222", "SOME_SECRET", "from a variable"), file);
        SettingsBinder settingsBinder = SettingsBinder.of(environment);
        assertThat(settingsBinder.get(ServerSettings.class)).isEqualTo(server("::1", 2222));
        assertThat(settingsBinder.get(LeaseSettings.class))
                .isEqualTo(new LeaseSettings(0.15, 7, Duration.ofSeconds(1)));
        assertThat(settingsBinder.get(JwtSettings.class).secret()).isEqualTo("from a variable");
        assertThat(environment.getProperty("spring.main.banner-mode")).isEqualTo("off");
    }

    @Test
    void environmentSpecificFile_overridesBaseFile() throws IOException {
        Path file = write("server: {port: 1111, host: '::1'}\nenvironment: staging\n");
        Files.writeString(directory.resolve("settings-staging.yaml"), "server.port: 2222\n");
        Files.writeString(directory.resolve("settings-production.yaml"), "server.port: 3333\nenvironment: other\n");
        ConfigurableEnvironment staging = environment(Map.of(), file);
        assertThat(SettingsBinder.of(staging).get(ServerSettings.class)).isEqualTo(server("::1", 2222));
        write("environment: production\n");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> environment(Map.of(), file))
                .withMessageStartingWith("environment is 'other', expected 'production' or no value in ")
                .withMessageEndingWith("settings-production.yaml, the file of that environment");
    }

    @Test
    void rustLogVariable_setsLogLevelUnlessOverridden() {
        assertThat(level(Map.of("RUST_LOG", "debug"))).isEqualTo("debug");
        assertThat(level(Map.of("RUST_LOG", "info,tower=trace"))).isEqualTo("info");
        assertThat(level(Map.of("RUST_LOG", "debug", "SERVICE_DISCOVERY__MONITORING__LOGGING__LEVEL", "warn")))
                .isEqualTo("warn");
    }

    @Test
    void placeholder_ifUnresolved_isEmptyUnlessCircular() throws IOException {
        Path file = write("database.redis.prefix: '${NAME:sd}:'\nauth.jwt.secret: ${NOBODY}\n");
        SettingsBinder settingsBinder = SettingsBinder.of(environment(Map.of(), file));
        assertThat(settingsBinder.get(RedisSettings.class).prefix()).isEqualTo("sd:");
        assertThat(settingsBinder.get(JwtSettings.class).secret()).isNull();
        SettingsBinder circular = SettingsBinder.of(environment(Map.of("JWT_SECRET", "hidden${JWT_SECRET}")));
        assertThat(SettingFailureAnalyzer.line(catchThrowable(() -> circular.get(JwtSettings.class))))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("auth.jwt.secret has an invalid placeholder: ")
                        .contains("JWT_SECRET")
                        .doesNotContain("hidden", "\n"));
    }

    private static String level(Map<String, Object> variables) {
        return SettingsBinder.of(environment(variables))
                .get(LoggingSettings.class)
                .level();
    }

    @Test
    void unknownKey_isRefusedWithSuggestion() throws IOException {
        Path file = write("registry:\n  registration:\n    default_tll: 30\n");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> environment(Map.of(), file))
                .withMessageContaining("registry.registration.default_tll (")
                .withMessageContaining("3:18) is not a setting, did you mean 'registry.registration.default_ttl'?");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> environment(Map.of("SERVICE_DISCOVERY__SERVER__PROT", "1")))
                .withMessage("server.prot (variable SERVICE_DISCOVERY__SERVER__PROT) is not a setting, "
                        + "did you mean 'server.port'?");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> environment(Map.of("SERVICE_DISCOVERY__QUITE__ELSE", "1")))
                .withMessageEndingWith("expected a key of config/service-discovery.yaml");
    }

    @Test
    void shutdownTimeout_bareNumber_isSecondsForSpringToo() throws IOException {
        ConfigurableEnvironment environment = environment(Map.of(), write("server:\n  shutdown_timeout: 45\n"));
        assertThat(Binder.get(environment)
                        .bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
                        .get())
                .isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void configurationFile_missingOrMalformed_isRefusedByName() throws IOException {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> environment(Map.of(), Path.of("nowhere.yaml")))
                .withMessage("The configuration file 'nowhere.yaml' can't be read, expected a readable YAML file");
        Path file = write("server:\n  port: [1\n");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> environment(Map.of(), file))
                .withMessageContaining("settings.yaml' is not YAML at line 3");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("settings.yaml"), yaml);
    }

    private static ConfigurableEnvironment environment(Map<String, Object> variables) {
        return environment(variables, null);
    }

    private static ConfigurableEnvironment environment(Map<String, Object> variables, @Nullable Path file) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace("systemEnvironment", new MapPropertySource("systemEnvironment", variables));
        if (file != null) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "options", Map.of(SettingsEnvironmentPostProcessor.CONFIG_FILE, file.toString())));
        }
        new SettingsEnvironmentPostProcessor().apply(environment, SettingProblemListener.FATAL);
        return environment;
    }

    private static ServerSettings server(String host, int port) {
        return new ServerSettings(
                host,
                port,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(75),
                true);
    }
}
