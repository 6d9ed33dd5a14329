package dev.aicore.discovery.api.status;

import java.util.List;

/**
 * How this node and all that it works with are.
 *
 * @param status always {@code UP}: a node that lacks something it needs answers a problem
 * @param checks ordered by name
 */
public record DeepHealthView(String status, List<DeepCheck> checks) {
    public DeepHealthView {
        checks = List.copyOf(checks);
    }

    /**
     * One part or dependency.
     *
     * @param needed whether the node is of no use without it
     * @param detail why it isn't ready, or how it is, in words
     * @param durationMs how long it took to answer, in whole milliseconds
     */
    public record DeepCheck(String name, boolean ready, boolean needed, String detail, long durationMs) {}
}
