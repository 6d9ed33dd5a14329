package dev.aicore.discovery.command.instance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Response to a registration: the instance and the recommended interval of its heartbeats.
 *
 * @param heartbeatInterval recommended interval in seconds; null for an instance without lease
 */
record RegistrationResponse(
        @JsonUnwrapped InstanceView instance, @Nullable Integer heartbeatInterval) {

    /** Number of heartbeats per TTL, so that two of them may be lost before the lease expires. */
    private static final int HEARTBEATS_PER_TTL = 3;

    /**
     * Creates the response.
     *
     * @param maxInterval maximum interval to recommend, which applies to long leases
     */
    static RegistrationResponse of(InstanceView instance, Duration maxInterval) {
        int withinTheLease = instance.effectiveTtl() / HEARTBEATS_PER_TTL;
        int rhythm = Math.max(1, Math.min(withinTheLease, Math.toIntExact(maxInterval.toSeconds())));
        return new RegistrationResponse(instance, instance.effectiveTtl() == 0 ? null : rhythm);
    }
}
