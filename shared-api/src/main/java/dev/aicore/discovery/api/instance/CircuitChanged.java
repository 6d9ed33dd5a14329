package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker in front of an instance opened, let a few calls through to see, or closed.
 *
 * @param calls how many it goes by: those of its window, or those that were let through
 * @param failures how many of them failed
 * @param slow how many of them were slow
 * @param cause why, in a sentence
 * @param retryAt when an open one lets calls through again; else null
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
