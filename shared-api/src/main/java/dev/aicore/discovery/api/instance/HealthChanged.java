package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.CheckResult;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Enough consecutive results turned an instance's health, or what they spoke of is checked no more.
 *
 * <p>Revision 1 had neither {@code passes_needed} nor {@code results}: nothing was damped, and no results were kept.
 *
 * @param consecutive how many results in a row said so; 0 if none did, since its check was taken away
 * @param evidence the last of them, in words
 * @param passesNeeded how many passes in a row bring it back, where that is more than its check declares: it has turned too often
 *     of late; else 0
 * @param results the last few up to the one that turned it, eldest first
 */
@Revision("2")
public record HealthChanged(
        String id,
        String service,
        HealthState from,
        HealthState to,
        int consecutive,
        String evidence,
        int passesNeeded,
        List<CheckResult> results,
        Instant changedAt,
        EventMetadata envelope)
        implements InstanceFact {

    public HealthChanged {
        results = List.copyOf(results);
    }
}
