package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.history.ServiceSummariesView.ServiceSummary;
import dev.aicore.discovery.api.history.ServiceSummariesView.Totals;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.query.history.ServiceSummaryReader.InstanceGroup;
import dev.aicore.discovery.web.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Combines groups of instances into summaries of services, and selects a page of them. Pure. */
final class ServiceSummarizer {

    private final List<ServiceSummary> summaries;
    private final Map<String, Long> changes = new LinkedHashMap<>();

    ServiceSummarizer(List<InstanceGroup> groups) {
        SortedMap<String, SummaryCounts> counts = new TreeMap<>();
        for (var group : groups) {
            counts.computeIfAbsent(group.service(), _ -> new SummaryCounts()).add(group);
            changes.merge(group.service(), group.changed(), Math::max);
        }
        summaries = counts.entrySet().stream()
                .map(service -> service.getValue().toSummary(service.getKey()))
                .toList();
    }

    /**
     * Page of summaries without their last changes.
     *
     * @param matching number of services that match the filter, on all pages
     */
    record SummaryPage(Totals totals, long matching, Page<ServiceSummary> page) {}

    /**
     * Returns the requested page.
     *
     * @throws RegistryException {@code validation_failed} if the service that the cursor names is no longer in the list
     */
    SummaryPage page(ServiceSummaryRequest request) {
        var matching = summaries.stream()
                .filter(request::matches)
                .sorted(request.order().comparator(changes))
                .toList();
        int begin = begin(matching, request);
        int end = Math.min(matching.size(), begin + request.limit() + 1);
        return new SummaryPage(totals(), matching.size(), Page.of(matching.subList(begin, end), request.limit()));
    }

    private static int begin(List<ServiceSummary> matching, ServiceSummaryRequest request) {
        var after = request.after();
        if (after == null) {
            return 0;
        }
        for (int i = 0; i < matching.size(); i++) {
            if (matching.get(i).name().equals(after)) {
                return i + 1;
            }
        }
        throw new RegistryException(
                ErrorCode.VALIDATION_FAILED,
                "The service '" + after + "' is not in the list: begin at the first page.",
                new FieldError("cursor", "is not in the list", after, "the next_cursor of the previous page"));
    }

    private Totals totals() {
        var byStatus = zeroCounts();
        long instances = 0;
        long overdue = 0;
        for (var summary : summaries) {
            summary.byStatus().forEach((status, count) -> byStatus.merge(status, count, Long::sum));
            instances += summary.instances();
            overdue += summary.overdue();
        }
        return new Totals(summaries.size(), instances, byStatus, overdue);
    }

    private static Map<String, Long> zeroCounts() {
        var byStatus = new LinkedHashMap<String, Long>();
        for (var instanceStatus : InstanceStatus.values()) {
            byStatus.put(instanceStatus.jsonName(), 0L);
        }
        return byStatus;
    }

    /** Counts of one service. */
    private static final class SummaryCounts {

        private final Map<String, Long> byStatus = zeroCounts();
        private final Map<String, Long> versions = new TreeMap<>();
        private final Map<String, Long> zones = new TreeMap<>();
        private long overdue;

        void add(InstanceGroup group) {
            byStatus.merge(group.status().jsonName(), group.instances(), Long::sum);
            versions.merge(group.version(), group.instances(), Long::sum);
            zones.merge(group.zone(), group.instances(), Long::sum);
            overdue += group.overdue() ? group.instances() : 0;
        }

        ServiceSummary toSummary(String name) {
            long instances =
                    byStatus.values().stream().mapToLong(Long::longValue).sum();
            return new ServiceSummary(name, instances, byStatus, overdue, versions, zones, null);
        }
    }
}
