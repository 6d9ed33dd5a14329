package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.query.history.Seats.Seat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks through the store for what was observed of an instance. Observations are packed by shard and have no index by instance: a scan
 * goes through a bounded number of positions, and says how far it came.
 */
final class Scan {

    /** Positions that one statement looks through. */
    private static final long STEP = 8_192;

    /** Positions that one scan looks through at most. */
    private static final long LONGEST = 32 * STEP;

    private final ObservationsReader reader;
    private final Seats seats;
    private final Order order;
    private final int most;
    private final List<HistoryEntry> found = new ArrayList<>();

    /** @param most ends once so many are found */
    Scan(ObservationsReader reader, Seats seats, Order order, int most) {
        this.reader = reader;
        this.seats = seats;
        this.order = order;
        this.most = most;
    }

    /**
     * What was observed behind a position, in the order of the scan.
     *
     * @return fails with {@code history_compacted} where it was dropped
     */
    Mono<Stretch> from(long behind) {
        return order == Order.OLDEST_FIRST
                ? upwards(Math.max(behind, seats.after()), LONGEST)
                : downwards(Math.min(behind - 1, seats.last()), LONGEST);
    }

    private Mono<Stretch> upwards(long after, long left) {
        var ahead = seats.within(after, seats.last());
        if (ahead.isEmpty()) {
            return Mono.just(new Stretch(found, seats.last(), true));
        }
        if (found.size() >= most || left <= 0) {
            return Mono.just(new Stretch(found, after, false));
        }
        long begin = Math.max(after, ahead.stream().mapToLong(Seat::since).min().orElse(after));
        if (begin + 1 < seats.earliest()) {
            return Mono.error(this::compacted);
        }
        long last = Math.min(begin + STEP, seats.last());
        return read(begin, last).flatMap(more -> {
            found.addAll(more);
            return upwards(last, left - STEP);
        });
    }

    private Mono<Stretch> downwards(long last, long left) {
        var ahead = seats.within(seats.after(), last);
        if (ahead.isEmpty()) {
            return Mono.just(new Stretch(found, seats.after(), true));
        }
        if (found.size() >= most || left <= 0) {
            return Mono.just(new Stretch(found, last + 1, false));
        }
        long end = Math.min(
                last, ahead.stream().mapToLong(seat -> seat.until() - 1).max().orElse(last));
        if (end < seats.earliest()) {
            return found.isEmpty() ? Mono.error(this::compacted) : Mono.just(new Stretch(found, last + 1, false));
        }
        long after = Math.max(Math.max(end - STEP, seats.after()), seats.earliest() - 1);
        return read(after, end).flatMap(more -> {
            found.addAll(more.reversed());
            return downwards(after, left - STEP);
        });
    }

    /** The oldest first. */
    private Mono<List<HistoryEntry>> read(long after, long last) {
        return Flux.fromIterable(seats.within(after, last))
                .concatMap(seat -> reader.span(seat, after, last))
                .collectList()
                .map(spans -> spans.stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingLong(HistoryEntry::position))
                        .toList());
    }

    private RegistryException compacted() {
        return new RegistryException(
                ErrorCode.HISTORY_COMPACTED,
                "What was observed before position " + seats.earliest() + " has been dropped.",
                new FieldError(
                        "from",
                        "is before the oldest observation that is kept",
                        seats.after() + 1,
                        "a moment from position " + seats.earliest() + " on"));
    }
}
