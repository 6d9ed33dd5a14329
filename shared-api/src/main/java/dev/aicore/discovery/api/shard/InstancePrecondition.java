package dev.aicore.discovery.api.shard;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change takes for granted about the instance.
 *
 * @param tags one of which the instance must have; null if it may have any
 */
public record InstancePrecondition(@Nullable Set<String> tags) {

    /** Takes nothing for granted. */
    public static final InstancePrecondition NONE = new InstancePrecondition(null);

    public InstancePrecondition {
        tags = tags == null ? null : Set.copyOf(tags);
    }

    /** Whether it holds for an instance of that tag. */
    public boolean admits(String tag) {
        return tags == null || tags.contains(tag);
    }
}
