package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.database.PositionedResult;
import reactor.core.publisher.Mono;

/** Merges an instance's audit entries with its observations. */
record MergedEntrySource(
        AuditEntrySource facts,
        SlotAssignmentReader seats,
        ObservationHistoryReader observations,
        ObservationWindow window,
        long end)
        implements EntrySource {

    /**
     * Returns the next slice. Observations dropped during the read may be missing from it; in that case the slice is
     * read again.
     */
    @Override
    public Mono<PositionedResult<EntrySlice>> after(EntryOrder entryOrder, long behind, int most) {
        return seats.find(window).flatMap(result -> {
            long last = Math.min(end, result.position());
            var observationScan =
                    new ObservationScan(observations, result.rows().upTo(last), entryOrder, most);
            return Mono.zip(
                            facts.upTo(last).after(entryOrder, behind, most),
                            observationScan.from(behind),
                            (told, observed) -> SliceMerger.of(told.rows(), observed, entryOrder, most))
                    .flatMap(entrySlice -> seats.earliest()
                            .flatMap(earliest -> earliest == result.rows().earliest()
                                    ? Mono.just(new PositionedResult<>(entrySlice, result.position()))
                                    : after(entryOrder, behind, most)));
        });
    }

    @Override
    public MergedEntrySource upTo(long position) {
        return new MergedEntrySource(facts, seats, observations, window, position);
    }
}
