package dev.aicore.discovery.command.restore;

import static java.util.Objects.requireNonNull;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.Difference;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Precondition;
import dev.aicore.discovery.api.shard.RegisterInstance;
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
record Step(
        String id,
        Difference difference,
        @Nullable Known then,
        @Nullable Known now) {

    /** Whether it is done: conflicts only if that is asked for. */
    boolean isDue(boolean force) {
        return force || !difference.isConflict();
    }

    /** What names the step and what it goes by: another one is another plan. */
    String fingerprint() {
        return difference + " " + id + " " + (then == null ? "" : then.tag()) + " " + (now == null ? "" : now.tag());
    }

    /** What makes the instance what it was. */
    List<Item> changes(Envelope by) {
        return switch (difference) {
            case MISSING -> register(requireNonNull(then), by);
            case CHANGED -> List.of(revert(requireNonNull(then), requireNonNull(now), by));
            case ADDED -> List.of(new DeregisterInstance(id, as(requireNonNull(now)), by));
        };
    }

    /** With a lease of one ttl. What expired comes back with the maintenance that it last had: that of then is declared right behind it. */
    private static List<Item> register(Known then, Envelope by) {
        return List.of(
                new RegisterInstance(then.id(), then.declaration(), Health.HEALTHY, true, then.owner(), by),
                new UpdateInstance(then.id(), null, UpdateInstance.NO_PATCH, then.declared(), Precondition.NONE, by));
    }

    private static Item revert(Known then, Known now, Envelope by) {
        var patch = MergePatch.between(now.declaration(), then.declaration());
        return new UpdateInstance(now.id(), null, patch, then.declared(), as(now), by);
    }

    private static Precondition as(Known now) {
        return new Precondition(Set.of(now.tag()));
    }
}
