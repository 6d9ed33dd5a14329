package dev.aicore.discovery.api.history;

import java.time.Instant;
import java.util.List;

/** Page of the discoveries of a service by minute, newest minute first. */
public record DiscoveryHistoryView(String serviceName, List<DiscoveryMinute> discoveries) {
    public DiscoveryHistoryView {
        discoveries = List.copyOf(discoveries);
    }

    /**
     * Answers about the service that a principal got within one minute, from all nodes.
     *
     * @param minute start of the minute
     * @param answers number of answers
     * @param firstPosition lowest position of the answers
     * @param lastPosition highest position of the answers
     */
    public record DiscoveryMinute(
            Instant minute, String principal, long answers, long firstPosition, long lastPosition) {}
}
