package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a service what it was, at once; a step that is refused takes nothing from the others. Outcome: {@link Outcome.Restored}.
 *
 * @param steps one for each instance that isn't as it was
 * @param envelope that of all their changes
 */
public record RestoreService(RestorePoint point, List<Step> steps, EventMetadata envelope) implements ShardCommand {

    public RestoreService {
        steps = List.copyOf(steps);
    }

    /**
     * What is done about one instance.
     *
     * @param changes what makes it what it was, in their order; none where it is left as it is. One that is refused ends the step
     * @param refused why nothing can be done, which is told; null if something can
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
