package dev.aicore.discovery.api.health;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Fact: the health of an instance changed, after enough consecutive results or because its check was removed.
 *
 * <p>Revision 1 had neither {@code passes_needed} nor {@code results}: there was no damping, and results were not
 * stored.
 *
 * @param consecutive number of consecutive results that caused the change; 0 if the check was removed
 * @param evidence the last of these results, in words
 * @param passesNeeded consecutive passes that are required to become healthy again, if damping raises the number above
 *     that of the check; otherwise 0
 * @param results the last results up to the change, oldest first
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
