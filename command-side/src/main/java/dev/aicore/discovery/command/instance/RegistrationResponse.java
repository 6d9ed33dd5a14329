package dev.aicore.discovery.command.instance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a registration: the instance, and what its owner is to do next.
 *
 * @param heartbeatInterval in seconds, how often to send heartbeats; null for an instance that has no lease
 */
record RegistrationResponse(
        @JsonUnwrapped InstanceView instance, @Nullable Integer heartbeatInterval) {

    /** So that two heartbeats may be lost before a lease ends. */
    private static final int BEATS_WITHIN_A_LEASE = 3;

    /** @param longest the rhythm of instances whose leases are long */
    static RegistrationResponse of(InstanceView instance, Duration longest) {
        int withinTheLease = instance.effectiveTtl() / BEATS_WITHIN_A_LEASE;
        int rhythm = Math.max(1, Math.min(withinTheLease, Math.toIntExact(longest.toSeconds())));
        return new RegistrationResponse(instance, instance.effectiveTtl() == 0 ? null : rhythm);
    }
}
