package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;

/**
 * How calls of an instance went, as one of its callers saw them. Outcome: {@link Outcome.Circuit}.
 *
 * @param outcomes at least one call
 * @param observedAt when the report arrived, epoch milliseconds
 * @param envelope whose report it is; kept only if it turns the circuit breaker
 */
public record ReportCalls(String id, CallReport outcomes, long observedAt, EventMetadata envelope)
        implements ShardCommand {}
