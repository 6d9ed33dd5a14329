package dev.aicore.discovery.api.instance;

import java.time.Instant;

/**
 * Formats the entity tag (RFC 9110) of an instance's declaration. The tag changes with each update, but not with lease
 * or health. An id that is registered again after a deregistration gets tags that differ from the earlier ones.
 */
public final class InstanceETag {

    private InstanceETag() {}

    /**
     * Returns the tag as in the header {@code ETag}, including the quotes.
     *
     * @param registeredAt the time of the first registration; used to the millisecond
     * @param version version of the declaration
     */
    public static String of(Instant registeredAt, int version) {
        return '"' + Long.toString(registeredAt.toEpochMilli(), Character.MAX_RADIX) + '-' + version + '"';
    }
}
