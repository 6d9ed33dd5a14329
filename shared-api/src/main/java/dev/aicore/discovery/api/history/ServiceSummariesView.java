package dev.aicore.discovery.api.history;

import dev.aicore.discovery.api.history.DiffView.LastChange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Page of summaries of the services that have present instances, and the totals of all of them, of one position.
 *
 * @param totals totals of all services that the caller may read, whatever the filter of the page
 * @param matching number of services that match the filter, on all pages
 * @param services the page
 */
public record ServiceSummariesView(Totals totals, long matching, List<ServiceSummary> services) {
    public ServiceSummariesView {
        services = List.copyOf(services);
    }

    /**
     * Totals of services.
     *
     * @param services number of services with present instances
     * @param instances number of present instances
     * @param byStatus number of instances by status; contains every status
     * @param overdue number of silent instances that self-preservation holds back; they are also in {@code byStatus}
     */
    public record Totals(long services, long instances, Map<String, Long> byStatus, long overdue) {}

    /**
     * Summary of a service.
     *
     * @param instances number of present instances, at least 1
     * @param byStatus number of instances by status; contains every status
     * @param overdue number of silent instances that self-preservation holds back
     * @param versions number of instances by version; the empty text stands for no version
     * @param zones number of instances by zone; the empty text stands for no zone
     * @param last last entry of the history about the service; null if the history doesn't have it yet
     */
    public record ServiceSummary(
            String name,
            long instances,
            Map<String, Long> byStatus,
            long overdue,
            Map<String, Long> versions,
            Map<String, Long> zones,
            @Nullable LastChange last) {}
}
