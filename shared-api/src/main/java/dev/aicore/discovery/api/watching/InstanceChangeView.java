package dev.aicore.discovery.api.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one instance.
 *
 * @param position of the fact, and of no other change
 * @param at when it was recorded
 * @param id the instance's
 * @param instance how it is from then on; null if it has gone
 * @param reason how it left: {@code removed} by expiry or {@code deregistered} by somebody; null if it is present
 */
public record InstanceChangeView(
        long position,
        Instant at,
        Type type,
        String id,
        @Nullable InstanceView instance,
        @Nullable String reason) {

    /** What became of the instance. */
    public enum Type {
        /** It is there now, and wasn't before: new, or back again. */
        REGISTERED,
        /** It was there and still is. */
        CHANGED,
        /** It is there no more. */
        GONE
    }
}
