package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the circuit breakers in front of instances, named as in Resilience4j.
 *
 * @param enabled false = no circuit breaker opens; true = each instance has a circuit breaker, which counts checks and
 *     the calls that callers report. The names are Resilience4j's
 * @param failureRateThreshold 1 to 100; percentage of failed calls that opens the circuit breaker
 * @param slowCallRateThreshold 1 to 100; percentage of slow calls that opens the circuit breaker
 * @param slowCallDurationThreshold 1s to 1h; a check that took this long counts as slow
 * @param slidingWindowSize 10 to 200; number of last calls that are evaluated; less than half of them may be reports of
 *     one principal
 * @param minimumNumberOfCalls 1 to sliding_window_size; below this number of calls the circuit breaker stays closed
 * @param waitDurationInOpenState 1s to 1h; time from opening to the first trial calls
 * @param permittedNumberOfCallsInHalfOpenState 1 to 100; number of trial calls after which the circuit breaker closes,
 *     or opens again
 * @param maxEjectionShare 0 to 1; maximum share of a service's instances that may be ejected at the same time
 */
@ConfigurationProperties("service-discovery.registry.circuit-breaker")
public record CircuitBreakerSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("50") int failureRateThreshold,
        @DefaultValue("100") int slowCallRateThreshold,

        @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS)
        Duration slowCallDurationThreshold,

        @DefaultValue("100") int slidingWindowSize,
        @DefaultValue("20") int minimumNumberOfCalls,

        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS)
        Duration waitDurationInOpenState,

        @DefaultValue("5") int permittedNumberOfCallsInHalfOpenState,
        @DefaultValue("0.5") double maxEjectionShare) {

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
