package dev.aicore.discovery.command.restore;

import static java.util.Objects.requireNonNull;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.HealthState;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.InstancePrecondition;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RestoreAction;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.shard.UpdateInstance;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about one instance. It takes for granted that the instance is as the plan has it: what moved on meanwhile is
 * refused, and told.
 *
 * @param then null if it wasn't there
 * @param now null if it isn't there
 */
record RestoreStep(
        String id,
        RestoreAction difference,
        @Nullable DeclaredInstance then,
        @Nullable DeclaredInstance now) {

    /** Whether it is done: conflicts only if that is asked for. */
    boolean isDue(boolean force) {
        return force || !difference.isConflict();
    }

    /** What names the step and what it goes by: another one is another plan. */
    String fingerprint() {
        return difference + " " + id + " " + (then == null ? "" : then.tag()) + " " + (now == null ? "" : now.tag());
    }

    /** What makes the instance what it was. */
    List<ShardCommand> changes(EventMetadata metadata) {
        return switch (difference) {
            case MISSING -> register(requireNonNull(then), metadata);
            case CHANGED -> List.of(revert(requireNonNull(then), requireNonNull(now), metadata));
            case ADDED -> List.of(new DeregisterInstance(id, as(requireNonNull(now)), metadata));
        };
    }

    /** With a lease of one ttl. What expired comes back with the maintenance that it last had: that of then is declared right behind it. */
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
