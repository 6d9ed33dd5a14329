package dev.aicore.discovery.api.configuration;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change takes for granted about what it changes.
 *
 * @param tags one of which it must have; null if it may have any
 * @param present whether there must be one
 * @param absent whether there must be none
 */
public record ConfigurationPrecondition(@Nullable Set<String> tags, boolean present, boolean absent) {

    /** Takes nothing for granted. */
    public static final ConfigurationPrecondition NONE = new ConfigurationPrecondition(null, false, false);

    /** There is none. */
    public static final ConfigurationPrecondition ABSENT = new ConfigurationPrecondition(null, false, true);

    /** There is one, whatever its tag. */
    public static final ConfigurationPrecondition PRESENT = new ConfigurationPrecondition(null, true, false);

    public ConfigurationPrecondition {
        tags = tags == null ? null : Set.copyOf(tags);
    }

    /** There is one, with one of these tags. */
    public static ConfigurationPrecondition oneOf(Set<String> tags) {
        return new ConfigurationPrecondition(tags, true, false);
    }

    /**
     * Whether it holds.
     *
     * @param tag of what there is; null if there is nothing
     */
    public boolean admits(@Nullable String tag) {
        return tag == null ? !present : !absent && (tags == null || tags.contains(tag));
    }
}
