/**
 * Health: checks, their results, and the circuit breakers of instances.
 *
 * <p>A {@link HealthCheck} of a declaration states how an instance is checked. A probe ends with a {@link
 * CheckFailureReason} or passes; {@link RecordCheck} reports its result to the shard, and {@link ReportCalls} the
 * calls that callers made. The shard decides the {@link HealthState} and the {@link BreakerState}. Facts carry the
 * last {@link CheckResult}s as evidence. Callers without the permission for check details see only the class of a
 * failure.
 *
 * <pre>{@code
 * probe   -> RecordCheck -> observation -> HealthState   -> HealthChanged
 * callers -> ReportCalls -> observation -> BreakerState  -> CircuitChanged
 * SwitchMonitoring                                       -> MonitoringSwitched
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.health;

import org.jspecify.annotations.NullMarked;
