package dev.aicore.discovery.api.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Change of one instance in a watch.
 *
 * @param serviceName name of the instance's service
 * @param position position of the fact; no other change has it
 * @param at the time of recording
 * @param id the instance's id
 * @param instance the instance after the change; null if it is gone
 * @param reason {@code removed} by expiry or {@code deregistered} by a caller; null if the instance is present
 */
public record InstanceChangeView(
        String serviceName,
        long position,
        Instant at,
        Type type,
        String id,
        @Nullable InstanceView instance,
        @Nullable String reason) {

    /** Kind of the change. */
    public enum Type {
        /** Present now and absent before: new, or back again. */
        REGISTERED,
        /** Present before and after. */
        CHANGED,
        /** Absent now. */
        GONE
    }
}
