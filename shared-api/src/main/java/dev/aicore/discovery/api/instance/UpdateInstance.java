package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import org.jspecify.annotations.Nullable;

/**
 * Changes parts of the declaration of a present instance, live or expired. The phase of its lease stays unchanged.
 * Outcome: {@link Outcome.Stored}.
 *
 * @param name service name that the caller states; null if it states none. A name that differs from the instance's is
 *     refused
 * @param patch changes of the declaration: a JSON merge patch (RFC 7396), as the text of a JSON object
 * @param declared the new admin state; null to leave it unchanged
 */
public record UpdateInstance(
        String id,
        @Nullable String name,
        String patch,
        @Nullable AdminState declared,
        InstancePrecondition precondition,
        EventMetadata envelope)
        implements ShardCommand {

    /** Patch that leaves the declaration unchanged. */
    public static final String NO_PATCH = "{}";
}
