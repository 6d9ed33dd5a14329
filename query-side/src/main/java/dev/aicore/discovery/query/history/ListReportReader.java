package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.api.shard.ListReport;
import dev.aicore.discovery.query.history.MergedEntrySource.ObservationStore;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Finds the last report of an instance about its list of a service. */
final class ListReportReader {

    /** Number of observations of the instance that one scan returns. */
    private static final int SCAN = 500;

    /** Maximum number of scans, each of a bounded number of positions. */
    private static final int MAX_SCANS = 5;

    private final ObservationStore store;

    ListReportReader(ObservationStore store) {
        this.store = store;
    }

    /**
     * List that an instance reported.
     *
     * @param position of the list
     * @param confirmedAt time of the last confirmation of the list
     * @param reportPosition position of the observation
     */
    record ReportedList(long position, Instant confirmedAt, long reportPosition) {

        private static ReportedList of(HistoryEntry entry) {
            return new ReportedList(
                    evidence(entry, ObservationEntryMapper.LIST_POSITION), entry.at(), entry.position());
        }
    }

    /**
     * Returns the last report in a window; empty if there is none among the instance's last observations.
     *
     * @return fails with {@code history_compacted} if the observations have been dropped
     */
    Mono<ReportedList> last(ObservationWindow window, String service) {
        return store.seats()
                .find(window)
                .flatMap(found -> scan(found.rows(), service, found.rows().last() + 1, MAX_SCANS))
                .map(ReportedList::of);
    }

    private Mono<HistoryEntry> scan(SlotAssignments assignments, String service, long before, int scansLeft) {
        return new ObservationScan(store.reader(), assignments, EntryOrder.NEWEST_FIRST, SCAN)
                .from(before)
                .flatMap(slice -> slice.entries().stream()
                        .filter(entry -> isAbout(entry, service))
                        .findFirst()
                        .map(Mono::just)
                        .orElseGet(() -> slice.isLast() || scansLeft == 1
                                ? Mono.empty()
                                : scan(assignments, service, slice.reached(), scansLeft - 1)));
    }

    private static boolean isAbout(HistoryEntry entry, String service) {
        return entry.type().equals(ObservationEntryMapper.LIST_REPORTED)
                && evidence(entry, ObservationEntryMapper.SERVICE_NUMBER) == ListReport.numberOf(service);
    }

    private static long evidence(HistoryEntry entry, String name) {
        var evidence = entry.evidence();
        return evidence != null && evidence.get(name) instanceof Number number ? number.longValue() : -1;
    }
}
