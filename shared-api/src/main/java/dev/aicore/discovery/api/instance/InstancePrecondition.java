package dev.aicore.discovery.api.instance;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Precondition of a change of an instance (RFC 9110).
 *
 * @param tags entity tags of which the instance's must be a member, in the order of the request, in which an error
 *     shows them; null for any tag
 */
public record InstancePrecondition(@Nullable Set<String> tags) {

    /** No condition. */
    public static final InstancePrecondition NONE = new InstancePrecondition(null);

    public InstancePrecondition {
        tags = tags == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }

    /** Returns true if the precondition holds for an instance with this entity tag. */
    public boolean isMetBy(String tag) {
        return tags == null || tags.contains(tag);
    }
}
