package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.AdminState;
import org.jspecify.annotations.Nullable;

/**
 * Changes some of what is declared about a present instance, live or expired, and leaves its lease's phase as it is.
 * Outcome: {@link Outcome.Stored}.
 *
 * @param name of its service, if the caller says one: another than it has is refused
 * @param patch which fields of the declaration become what: a JSON merge patch (RFC 7396), as JSON text of an object
 * @param declared what it is there for from here on; null to leave that as it is
 */
public record UpdateInstance(
        String id,
        @Nullable String name,
        String patch,
        @Nullable AdminState declared,
        InstancePrecondition precondition,
        EventMetadata envelope)
        implements ShardCommand {

    /** The patch that leaves the declaration as it is. */
    public static final String NO_PATCH = "{}";
}
