package dev.aicore.discovery.api.restore;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Restores a service to an earlier state in one batch. A refused step does not affect the other steps. Outcome:
 * {@link Outcome.Restored}.
 *
 * @param steps one step per instance that differs
 * @param envelope event metadata of all changes
 */
public record RestoreServiceInstances(RestorePoint point, List<Step> steps, EventMetadata envelope)
        implements ShardCommand {

    public RestoreServiceInstances {
        steps = List.copyOf(steps);
    }

    /**
     * Restores one instance.
     *
     * @param changes commands that restore the instance, in their order; empty if the instance is skipped. A refused
     *     command ends the step
     * @param refused a refusal that is known before the changes are decided; null if there is none
     */
    public record Step(
            String id, RestoreAction difference, List<ShardCommand> changes, Outcome.@Nullable Refused refused) {

        public Step {
            changes = List.copyOf(changes);
        }

        public Step(String id, RestoreAction difference, List<ShardCommand> changes) {
            this(id, difference, changes, null);
        }
    }

    /**
     * Point in time that a service is restored to.
     *
     * @param position position of the point
     * @param at time of the point
     * @param token hash of the differences between the point and the present
     * @param same number of instances without a difference
     */
    public record RestorePoint(String service, long position, Instant at, String token, int same) {}
}
