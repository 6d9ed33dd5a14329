package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.history.EntrySource.EntrySlice;
import dev.aicore.discovery.readmodel.database.PositionedResult;
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
    public Mono<PositionedResult<EntrySlice>> readAfter(EntryOrder entryOrder, long position, int max) {
        return seats.find(window).flatMap(result -> {
            long last = Math.min(end, result.position());
            var observationScan =
                    new ObservationScan(observations, result.rows().upTo(last), entryOrder, max);
            return Mono.zip(
                            facts.upTo(last).readAfter(entryOrder, position, max),
                            observationScan.from(position),
                            (told, observed) -> SliceMerger.of(told.rows(), observed, entryOrder, max))
                    .flatMap(entrySlice -> seats.earliest()
                            .flatMap(earliest -> earliest == result.rows().earliest()
                                    ? Mono.just(new PositionedResult<>(entrySlice, result.position()))
                                    : readAfter(entryOrder, position, max)));
        });
    }

    @Override
    public MergedEntrySource upTo(long position) {
        return new MergedEntrySource(facts, seats, observations, window, position);
    }
}
