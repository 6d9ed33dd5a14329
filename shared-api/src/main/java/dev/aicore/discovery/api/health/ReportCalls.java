package dev.aicore.discovery.api.health;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;

/**
 * Reports the calls of an instance by one of its callers. Outcome: {@link Outcome.Circuit}.
 *
 * @param outcomes at least one call
 * @param observedAt the time of arrival, epoch milliseconds
 * @param envelope event metadata of the reporter; stored only if the report changes the state of the circuit breaker
 */
public record ReportCalls(String id, CallReport outcomes, long observedAt, EventMetadata envelope)
        implements ShardCommand {}
