package dev.aicore.discovery.config.settings;

import static dev.aicore.discovery.config.settings.SettingsFixture.bound;
import static dev.aicore.discovery.config.settings.SettingsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {

    @Test
    void defaults_haveExpectedValues() {
        SettingsBinder defaults = SettingsBinder.defaults();
        assertThat(defaults.get(RegistrationSettings.class))
                .isEqualTo(new RegistrationSettings(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15),
                        Duration.ofHours(1),
                        1_000_000));
        assertThat(defaults.get(LeaseSettings.class)).isEqualTo(new LeaseSettings(0.15, 3, Duration.ofSeconds(1)));
        assertThat(defaults.get(DiscoverySettings.class))
                .isEqualTo(new DiscoverySettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        true,
                        120_000,
                        HeapShare.ofPercent(1),
                        Duration.ofMinutes(10),
                        0.3));
        assertThat(defaults.get(WatchingSettings.class))
                .isEqualTo(new WatchingSettings(10_000, 200_000, Duration.ofSeconds(60), Duration.ofSeconds(2)));
        assertThat(defaults.get(HealthCheckSettings.class))
                .isEqualTo(new HealthCheckSettings(
                        true,
                        true,
                        1_000,
                        Duration.ofDays(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        3,
                        2,
                        null));
        assertThat(defaults.get(LoadBalancerSettings.class)).isEqualTo(new LoadBalancerSettings("round_robin"));
    }

    @Test
    void registryKeys_areBoundToRecords() {
        assertThat(bound(
                        RegistrationSettings.class,
                        Map.of(
                                "registry.registration.default_ttl", "1m",
                                "registry.registration.heartbeat_interval", 20,
                                "registry.registration.grace_period", "0",
                                "registry.registration.revive_window", "PT2H",
                                "registry.registration.max_instances", 5)))
                .isEqualTo(new RegistrationSettings(
                        Duration.ofMinutes(1), Duration.ofSeconds(20), Duration.ZERO, Duration.ofHours(2), 5));
        assertThat(bound(
                        LeaseSettings.class,
                        Map.of(
                                "registry.leases.max_expiring_share",
                                "1",
                                "registry.leases.max_silence_ttls",
                                "5",
                                "registry.leases.pause_tolerance",
                                "300ms")))
                .isEqualTo(new LeaseSettings(1.0, 5, Duration.ofMillis(300)));
        assertThat(bound(
                        DiscoverySettings.class,
                        Map.of(
                                "registry.discovery.cache_ttl",
                                10,
                                "registry.discovery.refresh_interval",
                                "5s",
                                "registry.discovery.enable_caching",
                                false)))
                .isEqualTo(new DiscoverySettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        false,
                        120_000,
                        HeapShare.ofPercent(1),
                        Duration.ofMinutes(10),
                        0.3));
        assertThat(bound(
                        WatchingSettings.class,
                        Map.of(
                                "registry.watching.max_watchers",
                                "1",
                                "registry.watching.max_further_services",
                                "0",
                                "registry.watching.write_timeout",
                                30,
                                "registry.watching.reconnect_spread",
                                "0s")))
                .isEqualTo(new WatchingSettings(1, 0, Duration.ofSeconds(30), Duration.ZERO));
        assertThat(bound(
                        HealthCheckSettings.class,
                        Map.of(
                                "registry.health_checks.enabled", "false",
                                "registry.health_checks.default_interval", "15",
                                "registry.health_checks.timeout", "500ms",
                                "registry.health_checks.failure_threshold", 2,
                                "registry.health_checks.success_threshold", 1,
                                "registry.health_checks.scripts_directory", "/etc/checks")))
                .returns(false, HealthCheckSettings::enabled)
                .returns(Duration.ofSeconds(15), HealthCheckSettings::defaultInterval)
                .returns(Duration.ofMillis(500), HealthCheckSettings::timeout)
                .returns(2, HealthCheckSettings::failureThreshold)
                .returns(1, HealthCheckSettings::successThreshold)
                .returns(Path.of("/etc/checks"), HealthCheckSettings::scriptsDirectory);
        assertThat(bound(LoadBalancerSettings.class, Map.of("load_balancer.default_strategy", "p2c")))
                .isEqualTo(new LoadBalancerSettings("p2c"));
    }

    @Test
    void invalidValue_isRefused() {
        refused(
                RegistrationSettings.class,
                "registry.registration.default_ttl",
                "4s",
                "registry.registration.default_ttl is '4s', expected a duration from 5s to 86400s");
        refused(
                RegistrationSettings.class,
                "registry.registration.heartbeat_interval",
                "31s",
                "registry.registration.heartbeat_interval is '31s', expected a duration from 1s to 30s");
        refused(
                RegistrationSettings.class,
                "registry.registration.grace_period",
                -1,
                "registry.registration.grace_period is '-1s', expected a duration from 0s to 86400s");
        refused(
                LeaseSettings.class,
                "registry.leases.max_expiring_share",
                15,
                "registry.leases.max_expiring_share is '15.0', expected a number from 0.001 to 1.0");
        refused(
                DiscoverySettings.class,
                "registry.discovery.enable_caching",
                "maybe",
                "registry.discovery.enable_caching is 'maybe', expected true or false");
        refused(
                WatchingSettings.class,
                "registry.watching.max_watchers",
                0,
                "registry.watching.max_watchers is '0', expected a whole number from 1 to 1000000");
        refused(
                WatchingSettings.class,
                "registry.watching.max_further_services",
                -1,
                "registry.watching.max_further_services is '-1', expected a whole number from 0 to 100000000");
        refused(
                WatchingSettings.class,
                "registry.watching.max_watchers",
                1_000_001,
                "registry.watching.max_watchers is '1000001', expected a whole number from 1 to 1000000");
        refused(
                WatchingSettings.class,
                "registry.watching.write_timeout",
                "999ms",
                "registry.watching.write_timeout is '999ms', expected a duration from 1s to 3600s");
        refused(
                WatchingSettings.class,
                "registry.watching.write_timeout",
                "2h",
                "registry.watching.write_timeout is '7200s', expected a duration from 1s to 3600s");
        refused(
                HealthCheckSettings.class,
                "registry.health_checks.timeout",
                "31s",
                "registry.health_checks.timeout is '31s', expected a duration from 100ms to 30s");
        refused(
                HealthCheckSettings.class,
                "registry.health_checks.scripts_directory",
                "checks",
                "registry.health_checks.scripts_directory is 'checks', expected an absolute path, or nothing");
        refused(
                LoadBalancerSettings.class,
                "load_balancer.default_strategy",
                "fastest",
                "load_balancer.default_strategy is 'fastest', expected one of round_robin, weighted, "
                        + "least_connections, consistent_hash, ip_hash, random, p2c");
    }
}
