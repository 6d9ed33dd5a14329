package dev.aicore.discovery.api.instance;

import java.time.Instant;

/**
 * The entity tag of what is declared about an instance. It changes with each update, and with neither lease nor health; an id
 * that is registered anew after it was deregistered has other tags than before.
 */
public final class InstanceETag {

    private InstanceETag() {}

    /**
     * The tag as it stands in the header {@code ETag}, quotes included.
     *
     * @param registeredAt when the instance was first registered, to the millisecond
     * @param version of its declaration
     */
    public static String of(Instant registeredAt, int version) {
        return '"' + Long.toString(registeredAt.toEpochMilli(), Character.MAX_RADIX) + '-' + version + '"';
    }
}
