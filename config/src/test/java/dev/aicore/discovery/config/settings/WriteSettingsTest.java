package dev.aicore.discovery.config.settings;

import static dev.aicore.discovery.config.settings.SettingsFixture.bound;
import static dev.aicore.discovery.config.settings.SettingsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WriteSettingsTest {

    @Test
    void defaults_haveExpectedValues() {
        assertThat(SettingsBinder.defaults().get(WriteSettings.class))
                .isEqualTo(new WriteSettings(
                        "postgres", Duration.ofMillis(50), 64, 16_384, 65_536, 5_000, HeapShare.ofPercent(3)));
    }

    @Test
    void eventStoreKeys_areBoundToRecord() {
        assertThat(bound(
                        WriteSettings.class,
                        Map.of(
                                "event_store.kind", "postgres",
                                "event_store.max_linger", 0,
                                "event_store.min_batch_size", 1,
                                "event_store.max_batch_size", 10,
                                "event_store.max_queue_size", 100,
                                "event_store.snapshot_every", 16)))
                .isEqualTo(new WriteSettings("postgres", Duration.ZERO, 1, 10, 100, 16, HeapShare.ofPercent(3)));
    }

    @Test
    void invalidValue_isRefused() {
        refused(
                WriteSettings.class,
                "event_store.max_linger",
                "1001ms",
                "event_store.max_linger is '1001ms', expected a duration from 0s to 1s");
        refused(
                WriteSettings.class,
                "event_store.min_batch_size",
                16_385,
                "event_store.min_batch_size is '16385', expected a whole number from 1 to 16384");
        refused(
                WriteSettings.class,
                "event_store.kind",
                "memory",
                "event_store.kind is 'memory', expected one of postgres");
    }

    @Test
    void idempotencySettings_areBoundAndValidated() {
        assertThat(IdempotencySettings.defaults()).isEqualTo(new IdempotencySettings(Duration.ofHours(24), 1_000_000));
        assertThat(bound(IdempotencySettings.class, Map.of("event_store.idempotency_retention", "30d"))
                        .idempotencyRetention())
                .isEqualTo(Duration.ofDays(30));
        refused(
                IdempotencySettings.class,
                "event_store.idempotency_retention",
                "59s",
                "event_store.idempotency_retention is '59s', expected a duration from 60s to 2592000s");
        refused(
                IdempotencySettings.class,
                "event_store.idempotency_keys_per_principal",
                0,
                "event_store.idempotency_keys_per_principal is '0', expected a whole number from 1 to 1000000000");
    }

    @Test
    void retentionSettings_areBoundAndValidated() {
        assertThat(SettingsBinder.defaults().get(RetentionSettings.class))
                .isEqualTo(
                        new RetentionSettings(Duration.ofDays(7), DataSize.ofGigabytes(20), null, Duration.ofHours(1)));
        assertThat(bound(
                        RetentionSettings.class,
                        Map.of("event_store.max_bytes", "512MB", "event_store.archive", "/var/archive")))
                .isEqualTo(new RetentionSettings(
                        Duration.ofDays(7), DataSize.ofMegabytes(512), Path.of("/var/archive"), Duration.ofHours(1)));
        refused(
                RetentionSettings.class,
                "event_store.archive",
                "archive",
                "event_store.archive is 'archive', expected an absolute path, or nothing");
        refused(
                RetentionSettings.class,
                "event_store.max_bytes",
                "much",
                "event_store.max_bytes is 'much', expected a size such as 512MB or 20GB");
    }

    @Test
    void appendDefaults_haveExpectedValues() {
        assertThat(EventStoreSettings.defaults())
                .isEqualTo(new EventStoreSettings(
                        16,
                        Duration.ofSeconds(3),
                        1_000,
                        4 * 1024 * 1024,
                        8_192,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        1_000_000,
                        2,
                        500,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(30)));
    }

    @Test
    void appendSettings_outOfBounds_areRefused() {
        refused(
                EventStoreSettings.class,
                "event_store.page_size",
                10_001,
                "event_store.page_size is '10001', expected a whole number from 1 to 10000");
        refused(
                EventStoreSettings.class,
                "event_store.socket_timeout",
                5,
                "event_store.socket_timeout is '5s', expected a duration from 5001ms to 600s");
        refused(
                EventStoreSettings.class,
                "event_store.initial_back_off",
                "2s",
                "event_store.initial_back_off is '2s', expected a duration from 1ms to 1s");
    }
}
