package dev.aicore.discovery.config.settings;

import static dev.aicore.discovery.config.settings.SettingsFixture.bound;
import static dev.aicore.discovery.config.settings.SettingsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSettingsTest {

    @Test
    void defaults_haveExpectedValues() {
        PostgresSettings postgres = SettingsBinder.defaults().get(PostgresSettings.class);
        assertThat(postgres)
                .isEqualTo(new PostgresSettings(
                        null,
                        20,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30)));
        assertThat(postgres.external()).isFalse();
        assertThatIllegalStateException().isThrownBy(postgres::jdbcUrl);
        assertThat(SettingsBinder.defaults().get(RedisSettings.class))
                .isEqualTo(new RedisSettings(
                        null, 0, "service_discovery:", 20, Duration.ofMillis(200), Duration.ofSeconds(1)));
    }

    @Test
    void databaseKeys_areBoundToRecords() {
        PostgresSettings postgres = bound(
                PostgresSettings.class,
                Map.of(
                        "database.postgres.url",
                        "postgresql://ann:s3cret@db/registry",
                        "database.postgres.max_connections",
                        50,
                        "database.postgres.idle_timeout",
                        300,
                        "database.postgres.acquire_timeout",
                        3,
                        "database.postgres.query_timeout",
                        "4s",
                        "database.postgres.startup_timeout",
                        "5s"));
        assertThat(postgres)
                .isEqualTo(new PostgresSettings(
                        "postgresql://ann:s3cret@db/registry",
                        50,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5)));
        assertThat(postgres.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/registry");
        assertThat(postgres.r2dbcUrl()).isEqualTo("r2dbc:postgresql://db:5432/registry");
        assertThat(postgres.username()).isEqualTo("ann");
        assertThat(postgres.password()).isEqualTo("s3cret");
        assertThat(bound(
                        RedisSettings.class,
                        Map.of(
                                "database.redis.url",
                                "rediss://:pw@cache:6380",
                                "database.redis.database",
                                3,
                                "database.redis.prefix",
                                "sd:",
                                "database.redis.max_connections",
                                100,
                                "database.redis.command_timeout",
                                "50ms",
                                "database.redis.connect_timeout",
                                2)))
                .isEqualTo(new RedisSettings(
                        "rediss://:pw@cache:6380", 3, "sd:", 100, Duration.ofMillis(50), Duration.ofSeconds(2)));
    }

    @Test
    void invalidValue_isRefused() {
        refused(
                PostgresSettings.class,
                "database.postgres.url",
                "mysql://ann:s3cret@db/registry?password=s3cret",
                "database.postgres.url is 'mysql://***@db/registry?password=***', "
                        + "expected postgresql://user:password@host:port/database?parameters");
        refused(
                PostgresSettings.class,
                "database.postgres.max_connections",
                4,
                "database.postgres.max_connections is '4', expected a whole number from 5 to 1000");
        refused(
                PostgresSettings.class,
                "database.postgres.query_timeout",
                "99ms",
                "database.postgres.query_timeout is '99ms', expected a duration from 100ms to 300s");
        refused(
                RedisSettings.class,
                "database.redis.url",
                "http://:pw@cache",
                "database.redis.url has an invalid value (not shown), "
                        + "expected redis://[user:password@]host[:port] or rediss://…");
        refused(
                RedisSettings.class,
                "database.redis.prefix",
                "",
                "database.redis.prefix is '', expected 1 to 64 characters without blanks");
        refused(
                RedisSettings.class,
                "database.redis.command_timeout",
                "9ms",
                "database.redis.command_timeout is '9ms', expected a duration from 10ms to 10s");
        refused(
                RedisSettings.class,
                "database.redis.connect_timeout",
                "2m",
                "database.redis.connect_timeout is '120s', expected a duration from 100ms to 60s");
    }

    @Test
    void toString_masksPassword() {
        assertThat(new PostgresSettings(
                        "postgresql://ann:s3cret@db/registry",
                        20,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ZERO))
                .asString()
                .contains("ann:***@db:5432/registry")
                .doesNotContain("s3cret");
        assertThat(new RedisSettings(
                        "redis://:s3cret@cache:6379", 0, "sd:", 1, Duration.ofMillis(200), Duration.ofSeconds(1)))
                .asString()
                .contains("redis://***@cache:6379")
                .doesNotContain("s3cret");
    }

    @Test
    void replacedDatabaseUrl_keepsMaxConnections() {
        PostgresSettings embedded = SettingsBinder.defaults()
                .get(PostgresSettings.class)
                .at("postgresql://registry:pw@127.0.0.1:23456/registry");
        assertThat(embedded.external()).isTrue();
        assertThat(embedded.jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:23456/registry");
        assertThat(embedded.maxConnections()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://cache, cache, 6379",
        "redis://127.0.0.1:6380/2, 127.0.0.1, 6380",
        "rediss://user:p%40ss@cache.example:7000, cache.example, 7000",
        "redis://:a@b@cache:1, cache, 1",
        "redis://[::1]:6381, ::1, 6381"
    })
    void redisUrl_hasHostAndPort(String url, String host, int port) {
        var redis = SettingsBinder.with(Map.of("service-discovery.database.redis.url", url))
                .get(RedisSettings.class);
        assertThat(redis.host()).isEqualTo(host);
        assertThat(redis.port()).isEqualTo(port);
    }
}
