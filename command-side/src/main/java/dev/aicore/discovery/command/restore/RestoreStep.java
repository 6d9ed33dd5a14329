package dev.aicore.discovery.command.restore;

import static java.util.Objects.requireNonNull;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.restore.RestoreAction;
import dev.aicore.discovery.command.restore.ServiceComparison.DeclaredInstance;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Step that restores one instance. Its commands have preconditions on the state in the plan: if the instance has
 * changed since, the step is refused and reported.
 *
 * @param then instance at the restore point; null if it did not exist
 * @param now present instance; null if it does not exist
 */
record RestoreStep(
        String id,
        RestoreAction difference,
        @Nullable DeclaredInstance then,
        @Nullable DeclaredInstance now) {

    /** Returns true if the step is executed; conflicts require {@code force}. */
    boolean isDue(boolean force) {
        return force || !difference.isConflict();
    }

    /** Returns the text that identifies the step and its preconditions in the token of the plan. */
    String fingerprint() {
        return difference + " " + id + " " + (then == null ? "" : then.tag()) + " " + (now == null ? "" : now.tag());
    }

    /** Returns the commands that restore the instance. */
    List<ShardCommand> changes(EventMetadata metadata) {
        return switch (difference) {
            case MISSING -> register(requireNonNull(then), metadata);
            case CHANGED -> List.of(revert(requireNonNull(then), requireNonNull(now), metadata));
            case ADDED -> List.of(new DeregisterInstance(id, as(requireNonNull(now)), metadata));
        };
    }

    /**
     * Returns the commands that register the instance, with a lease of one TTL. A revived instance has its last admin
     * state, so the admin state of the restore point is declared afterwards.
     */
    private static List<ShardCommand> register(DeclaredInstance then, EventMetadata metadata) {
        return List.of(
                new RegisterInstance(then.id(), then.declaration(), HealthState.HEALTHY, true, then.owner(), metadata),
                new UpdateInstance(
                        then.id(),
                        null,
                        UpdateInstance.NO_PATCH,
                        then.declared(),
                        InstancePrecondition.NONE,
                        metadata));
    }

    private static ShardCommand revert(DeclaredInstance then, DeclaredInstance now, EventMetadata metadata) {
        var patch = MergePatchBuilder.between(now.declaration(), then.declaration());
        return new UpdateInstance(now.id(), null, patch, then.declared(), as(now), metadata);
    }

    private static InstancePrecondition as(DeclaredInstance now) {
        return new InstancePrecondition(Set.of(now.tag()));
    }
}
