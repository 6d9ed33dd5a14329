package dev.aicore.discovery.query.discovery.registry;

import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Last change of an instance.
 *
 * @param at time of the change
 * @param before state before the change; null if the instance wasn't present
 * @param after state after the change; null if the instance is gone
 */
public record RecentInstanceChange(
        Instant at,
        long position,
        @Nullable InstanceView before,
        @Nullable InstanceView after) {

    /** Returns the state after the change, or the last state of an instance that is gone. */
    public InstanceView instance() {
        return Objects.requireNonNull(after == null ? before : after);
    }
}
