package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.ServiceSummariesView.ServiceSummary;
import dev.aicore.discovery.api.instance.InstanceStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Order of services. Services that are equal in it are ordered by name. */
enum ServiceOrder {
    NAME,
    /** Orders by the share of unhealthy, expired and ejected instances, then by their number, the most first. */
    WORST,
    /** Orders by the number of instances, the most first. */
    INSTANCES,
    /** Orders by the last change of a present instance, the latest first. */
    LAST_CHANGE;

    /** Statuses that no one has requested; maintenance and draining are intended. */
    private static final List<InstanceStatus> FAILED =
            List.of(InstanceStatus.UNHEALTHY, InstanceStatus.EXPIRED, InstanceStatus.EJECTED);

    private static final Comparator<ServiceSummary> BY_NAME = Comparator.comparing(ServiceSummary::name);

    /** Returns the name of the order in requests. */
    String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the comparator of summaries.
     *
     * @param changes position of the last change of a present instance, by service
     */
    Comparator<ServiceSummary> comparator(Map<String, Long> changes) {
        Comparator<ServiceSummary> highestFirst = switch (this) {
            case NAME -> BY_NAME;
            case WORST ->
                Comparator.comparingDouble(ServiceOrder::failedShare)
                        .thenComparingLong(ServiceOrder::failed)
                        .reversed();
            case INSTANCES ->
                Comparator.comparingLong(ServiceSummary::instances).reversed();
            case LAST_CHANGE ->
                Comparator.<ServiceSummary>comparingLong(summary -> changes.getOrDefault(summary.name(), 0L))
                        .reversed();
        };
        return highestFirst.thenComparing(BY_NAME);
    }

    private static long failed(ServiceSummary summary) {
        return FAILED.stream()
                .mapToLong(status -> summary.byStatus().getOrDefault(status.jsonName(), 0L))
                .sum();
    }

    private static double failedShare(ServiceSummary summary) {
        return (double) failed(summary) / summary.instances();
    }
}
