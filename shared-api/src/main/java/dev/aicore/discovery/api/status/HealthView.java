package dev.aicore.discovery.api.status;

import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Liveness or readiness of this node.
 *
 * @param status always {@code UP}: a node that is not up returns a problem or does not respond
 * @param checks results of the readiness checks; null if only liveness was requested
 */
public record HealthView(String status, @Nullable List<Check> checks) {

    /**
     * Health of this node and of its dependencies.
     *
     * @param status always {@code UP}: a node that lacks a required dependency returns a problem
     * @param checks results, ordered by name
     */
    public record DeepHealthView(String status, List<DeepCheck> checks) {
        public DeepHealthView {
            checks = List.copyOf(checks);
        }

        /**
         * Result of one component or dependency.
         *
         * @param needed true if the node requires it
         * @param detail the reason why it is not ready, or its state, in words
         * @param durationMs duration of the check in whole milliseconds
         */
        public record DeepCheck(String name, boolean ready, boolean needed, String detail, long durationMs) {}
    }
}
