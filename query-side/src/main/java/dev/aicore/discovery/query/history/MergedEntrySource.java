package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.history.EntrySource.EntrySlice;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import reactor.core.publisher.Mono;

/** Merges an instance's audit entries with its observations. */
record MergedEntrySource(AuditEntrySource facts, ObservationStore observations, ObservationWindow window, long end)
        implements EntrySource {

    /**
     * Returns the next slice. Observations dropped during the read may be missing from it; in that case the slice is
     * read again.
     */
    @Override
    public Mono<PositionedResult<EntrySlice>> readAfter(EntryOrder entryOrder, long position, int max) {
        return observations.seats().find(window).flatMap(result -> {
            long last = Math.min(end, result.position());
            var observationScan =
                    new ObservationScan(observations.reader(), result.rows().upTo(last), entryOrder, max);
            return Mono.zip(
                            facts.upTo(last).readAfter(entryOrder, position, max),
                            observationScan.from(position),
                            (told, observed) -> SliceMerger.of(told.rows(), observed, entryOrder, max))
                    .flatMap(entrySlice -> observations
                            .seats()
                            .earliest()
                            .flatMap(earliest -> earliest == result.rows().earliest()
                                    ? Mono.just(new PositionedResult<>(entrySlice, result.position()))
                                    : readAfter(entryOrder, position, max)));
        });
    }

    @Override
    public MergedEntrySource upTo(long position) {
        return new MergedEntrySource(facts, observations, window, position);
    }

    /** Access to the observations of instances: heartbeats, check results and call reports. */
    record ObservationStore(SlotAssignmentReader seats, ObservationHistoryReader reader) {

        /** Merges the facts of one instance with its observations within a window. */
        EntrySource mergedWith(AuditEntrySource entrySource, ObservationWindow observationWindow) {
            return new MergedEntrySource(entrySource, this, observationWindow, Long.MAX_VALUE);
        }
    }
}
