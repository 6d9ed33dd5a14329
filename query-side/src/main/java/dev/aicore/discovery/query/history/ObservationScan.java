package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.query.history.EntrySource.EntrySlice;
import dev.aicore.discovery.query.history.SlotAssignments.SlotAssignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Scans the store for the observations of an instance. Observations are packed by shard and have no index by instance.
 * A scan covers a bounded number of positions and returns how far it came.
 */
final class ObservationScan {

    /** Number of positions that one statement scans. */
    private static final long STEP = 8_192;

    /** Maximum number of positions per scan. */
    private static final long MAX_SCAN = 32 * STEP;

    private final ObservationHistoryReader reader;
    private final SlotAssignments slotAssignments;
    private final EntryOrder entryOrder;
    private final int limit;
    private final List<HistoryEntry> found = new ArrayList<>();

    /**
     * Creates a scan.
     *
     * @param limit number of observations after which the scan ends
     */
    ObservationScan(
            ObservationHistoryReader reader, SlotAssignments slotAssignments, EntryOrder entryOrder, int limit) {
        this.reader = reader;
        this.slotAssignments = slotAssignments;
        this.entryOrder = entryOrder;
        this.limit = limit;
    }

    /**
     * Returns the observations after a position, in the order of the scan.
     *
     * @return fails with {@code history_compacted} if the observations have been dropped
     */
    Mono<EntrySlice> from(long behind) {
        return entryOrder == EntryOrder.OLDEST_FIRST
                ? scanForward(Math.max(behind, slotAssignments.after()), MAX_SCAN)
                : scanBackward(Math.min(behind - 1, slotAssignments.last()), MAX_SCAN);
    }

    private Mono<EntrySlice> scanForward(long after, long left) {
        var ahead = slotAssignments.within(after, slotAssignments.last());
        if (ahead.isEmpty()) {
            return Mono.just(new EntrySlice(found, slotAssignments.last(), true));
        }
        if (found.size() >= limit || left <= 0) {
            return Mono.just(new EntrySlice(found, after, false));
        }
        long begin = Math.max(
                after, ahead.stream().mapToLong(SlotAssignment::since).min().orElse(after));
        if (begin + 1 < slotAssignments.earliest()) {
            return Mono.error(this::compacted);
        }
        long last = Math.min(begin + STEP, slotAssignments.last());
        return read(begin, last).flatMap(more -> {
            found.addAll(more);
            return scanForward(last, left - STEP);
        });
    }

    private Mono<EntrySlice> scanBackward(long last, long left) {
        var ahead = slotAssignments.within(slotAssignments.after(), last);
        if (ahead.isEmpty()) {
            return Mono.just(new EntrySlice(found, slotAssignments.after(), true));
        }
        if (found.size() >= limit || left <= 0) {
            return Mono.just(new EntrySlice(found, last + 1, false));
        }
        long end = Math.min(
                last,
                ahead.stream()
                        .mapToLong(slotAssignment -> slotAssignment.until() - 1)
                        .max()
                        .orElse(last));
        if (end < slotAssignments.earliest()) {
            return found.isEmpty() ? Mono.error(this::compacted) : Mono.just(new EntrySlice(found, last + 1, false));
        }
        long after = Math.max(Math.max(end - STEP, slotAssignments.after()), slotAssignments.earliest() - 1);
        return read(after, end).flatMap(more -> {
            found.addAll(more.reversed());
            return scanBackward(after, left - STEP);
        });
    }

    /** Returns the observations between two positions, oldest first. */
    private Mono<List<HistoryEntry>> read(long after, long last) {
        return Flux.fromIterable(slotAssignments.within(after, last))
                .concatMap(slotAssignment -> reader.read(slotAssignment, after, last))
                .collectList()
                .map(spans -> spans.stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingLong(HistoryEntry::position))
                        .toList());
    }

    private RegistryException compacted() {
        return new RegistryException(
                ErrorCode.HISTORY_COMPACTED,
                "The observations before position " + slotAssignments.earliest() + " have been dropped.",
                new FieldError(
                        "from",
                        "is before the oldest retained observation",
                        slotAssignments.after() + 1,
                        "position " + slotAssignments.earliest() + " or a later point in time"));
    }
}
