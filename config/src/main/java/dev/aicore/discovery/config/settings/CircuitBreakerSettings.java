package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * When the circuit breaker in front of an instance opens and closes, with the names that Resilience4j gives these settings.
 *
 * @param enabled false never opens one
 * @param failureRateThreshold 1 to 100 percent of failed calls open it
 * @param slowCallRateThreshold 1 to 100 percent of slow calls open it
 * @param slowCallDurationThreshold 1 s to 1 h; a check that took so long was slow
 * @param slidingWindowSize 10 to 200 last calls that it goes by
 * @param minimumNumberOfCalls 1 to sliding_window_size; with fewer it stays closed
 * @param waitDurationInOpenState 1 s to 1 h from opening to the first calls that are let through again
 * @param permittedNumberOfCallsInHalfOpenState 1 to 100; after so many it closes, or opens again
 * @param maximumEjectionShare 0 to 1; the share of a service's instances that may be out at once
 */
@ConfigurationProperties("service-discovery.registry.circuit-breaker")
public record CircuitBreakerSettings(
        boolean enabled,
        int failureRateThreshold,
        int slowCallRateThreshold,
        @DurationUnit(ChronoUnit.SECONDS) Duration slowCallDurationThreshold,
        int slidingWindowSize,
        int minimumNumberOfCalls,
        @DurationUnit(ChronoUnit.SECONDS) Duration waitDurationInOpenState,
        int permittedNumberOfCallsInHalfOpenState,
        double maximumEjectionShare) {

    private static final String PREFIX = "registry.circuit_breaker.";

    public CircuitBreakerSettings {
        failureRateThreshold =
                SettingConstraints.between(PREFIX + "failure_rate_threshold", failureRateThreshold, 1, 100);
        slowCallRateThreshold =
                SettingConstraints.between(PREFIX + "slow_call_rate_threshold", slowCallRateThreshold, 1, 100);
        slowCallDurationThreshold = SettingConstraints.between(
                PREFIX + "slow_call_duration_threshold",
                slowCallDurationThreshold,
                Duration.ofSeconds(1),
                Duration.ofHours(1));
        slidingWindowSize = SettingConstraints.between(PREFIX + "sliding_window_size", slidingWindowSize, 10, 200);
        minimumNumberOfCalls = SettingConstraints.between(
                PREFIX + "minimum_number_of_calls", minimumNumberOfCalls, 1, slidingWindowSize);
        waitDurationInOpenState = SettingConstraints.between(
                PREFIX + "wait_duration_in_open_state",
                waitDurationInOpenState,
                Duration.ofSeconds(1),
                Duration.ofHours(1));
        permittedNumberOfCallsInHalfOpenState = SettingConstraints.between(
                PREFIX + "permitted_number_of_calls_in_half_open_state", permittedNumberOfCallsInHalfOpenState, 1, 100);
        maximumEjectionShare =
                SettingConstraints.between(PREFIX + "maximum_ejection_share", maximumEjectionShare, 0, 1);
    }
}
