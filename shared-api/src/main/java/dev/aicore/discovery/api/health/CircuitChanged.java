package dev.aicore.discovery.api.health;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Fact: the circuit breaker of an instance opened, half-opened or closed.
 *
 * @param calls number of calls that the decision is based on: those of the window, or the trial calls of a half-open
 *     breaker; 0 if the change is not based on calls
 * @param failures number of these calls that failed
 * @param slow number of these calls that were slow
 * @param cause the reason in one sentence
 * @param retryAt the time at which an open breaker lets trial calls through; null if the breaker is not open
 */
@Revision("1")
public record CircuitChanged(
        String id,
        String service,
        BreakerState from,
        BreakerState to,
        int calls,
        int failures,
        int slow,
        String cause,
        @Nullable Instant retryAt,
        Instant changedAt,
        EventMetadata envelope)
        implements InstanceFact {}
