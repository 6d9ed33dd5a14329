package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;
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
}
