package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the circuit breakers in front of instances, named as in Resilience4j.
 *
 * @param enabled false never opens a circuit breaker
 * @param failureRateThreshold 1 to 100 percent; share of failed calls that opens the breaker
 * @param slowCallRateThreshold 1 to 100 percent; share of slow calls that opens the breaker
 * @param slowCallDurationThreshold 1 s to 1 h; a check that took this long counts as slow
 * @param slidingWindowSize 10 to 200; number of last calls that the breaker evaluates
 * @param minimumNumberOfCalls 1 to {@code slidingWindowSize}; below this number of calls the breaker stays closed
 * @param waitDurationInOpenState 1 s to 1 h; time from the opening to the first trial calls
 * @param permittedNumberOfCallsInHalfOpenState 1 to 100; number of trial calls after which the breaker closes or opens
 *     again
 * @param maxEjectionShare 0 to 1; share of a service's instances that may be ejected at the same time
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
        double maxEjectionShare) {

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
        maxEjectionShare = SettingConstraints.between(PREFIX + "max_ejection_share", maxEjectionShare, 0, 1);
    }
}
