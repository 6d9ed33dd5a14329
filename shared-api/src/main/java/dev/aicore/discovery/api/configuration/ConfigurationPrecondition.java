package dev.aicore.discovery.api.configuration;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Precondition of a change of a configuration or schema (RFC 9110).
 *
 * @param tags entity tags of which the current one must be a member; null for any tag
 * @param present true if a current one must exist
 * @param absent true if a current one must not exist
 */
public record ConfigurationPrecondition(@Nullable Set<String> tags, boolean present, boolean absent) {

    /** No condition. */
    public static final ConfigurationPrecondition NONE = new ConfigurationPrecondition(null, false, false);

    /** Requires that none exists. */
    public static final ConfigurationPrecondition ABSENT = new ConfigurationPrecondition(null, false, true);

    /** Requires that one exists, with any tag. */
    public static final ConfigurationPrecondition PRESENT = new ConfigurationPrecondition(null, true, false);

    public ConfigurationPrecondition {
        tags = tags == null ? null : Set.copyOf(tags);
    }

    /** Returns a precondition that requires one of these tags. */
    public static ConfigurationPrecondition oneOf(Set<String> tags) {
        return new ConfigurationPrecondition(tags, true, false);
    }

    /**
     * Returns true if the precondition holds.
     *
     * @param tag the current entity tag; null if there is no configuration or schema
     */
    public boolean isMetBy(@Nullable String tag) {
        return tag == null ? !present : !absent && (tags == null || tags.contains(tag));
    }
}
