package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.database.Marked;
import reactor.core.publisher.Mono;

/** What the audit has of one instance, and between it what was observed of it. */
record ObservedPages(AuditPages facts, SeatsReader seats, ObservationsReader observations, Window window, long end)
        implements EntryPages {

    /** What was dropped while it was read may be missing, so then it is read again. */
    @Override
    public Mono<Marked<Stretch>> after(Order order, long behind, int most) {
        return seats.find(window).flatMap(found -> {
            long last = Math.min(end, found.position());
            var scan = new Scan(observations, found.rows().upTo(last), order, most);
            return Mono.zip(
                            facts.upTo(last).after(order, behind, most),
                            scan.from(behind),
                            (told, observed) -> Merge.of(told.rows(), observed, order, most))
                    .flatMap(stretch -> seats.earliest()
                            .flatMap(earliest -> earliest == found.rows().earliest()
                                    ? Mono.just(new Marked<>(stretch, found.position()))
                                    : after(order, behind, most)));
        });
    }

    @Override
    public ObservedPages upTo(long position) {
        return new ObservedPages(facts, seats, observations, window, position);
    }
}
