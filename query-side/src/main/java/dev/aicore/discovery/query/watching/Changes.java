package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.watching.ChangeView;
import dev.aicore.discovery.query.watching.ServiceChanges.Indexed;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What happened to services, read once for all who want the same. */
final class Changes implements Pages {

    /** Most changes that are read, and written to a watcher, at a time. */
    private static final int PAGE = 100;

    private static final int PAGES_AT_ONCE = 2;
    private static final int BEGINNINGS_AT_ONCE = 1;
    private static final int SNAPSHOTS_AT_ONCE = 1;

    private final ChangeSource source;
    private final LiveChanges live;
    private final LongFunction<Mono<Void>> visible;
    private final KnownPositions positions;
    private final Flights<Span, Page> pages;
    private final Flights<Moment, Page> beginnings;
    private final Flights<Moment, Indexed> snapshots;

    /**
     * @param live asked before the source is
     * @param visible completes once the source has all up to a position that the feed told
     * @param mostWaiting most different reads that wait for their turn, of each kind
     */
    Changes(
            ChangeSource source,
            LiveChanges live,
            LongFunction<Mono<Void>> visible,
            int mostWaiting,
            Scheduler scheduler) {
        this.source = source;
        this.live = live;
        this.visible = visible;
        this.positions = new KnownPositions(Mono.defer(source::furthest));
        this.pages = new Flights<>(this::read, PAGES_AT_ONCE, mostWaiting, scheduler);
        this.beginnings = new Flights<>(
                moment -> live.keep(moment.service())
                        .then(beginning(moment))
                        .map(snapshot -> Page.of(moment.service(), snapshot)),
                BEGINNINGS_AT_ONCE,
                mostWaiting,
                scheduler);
        this.snapshots =
                new Flights<>(moment -> indexed(moment).map(Indexed::of), SNAPSHOTS_AT_ONCE, mostWaiting, scheduler);
    }

    /** Positions behind {@code after} and up to {@code upTo}. */
    private record Span(String service, long after, long upTo) {}

    private record Moment(String service, long position) {}

    @Override
    public Mono<Page> page(String service, long after, long upTo) {
        return pages.get(new Span(service, after, upTo));
    }

    @Override
    public Mono<Page> beginning(String service, long position) {
        return beginnings.get(new Moment(service, position));
    }

    /** How a service was at a position that the feed told, or at a later one. */
    Mono<Indexed> snapshot(String service, long position) {
        return snapshots.get(new Moment(service, position));
    }

    @Override
    public Mono<Void> requireKnown(String parameter, long wanted, long known) {
        return positions.require(parameter, wanted, known);
    }

    private Mono<Page> read(Span span) {
        return live.between(span.service(), span.after(), span.upTo(), PAGE)
                .map(Mono::just)
                .orElseGet(() -> stored(span))
                .map(changes -> Page.of(changes, PAGE, span.upTo()));
    }

    private Mono<List<ChangeView>> stored(Span span) {
        return live.keep(span.service())
                .then(Mono.defer(() -> visible.apply(span.upTo())))
                .then(Mono.defer(() -> source.changes(span.service(), span.after(), span.upTo(), PAGE)));
    }

    private Mono<Snapshot> beginning(Moment moment) {
        return Mono.defer(() -> live.state(moment.service(), moment.position())
                .map(state -> Mono.just(new Snapshot(state.position(), 0, state.instances())))
                .orElseGet(() -> stored(moment)));
    }

    private Mono<Snapshot> indexed(Moment moment) {
        return live.state(moment.service(), moment.position())
                .flatMap(state -> Optional.ofNullable(state.index())
                        .map(index -> Mono.just(new Snapshot(state.position(), index, state.instances()))))
                .orElseGet(() -> stored(moment));
    }

    private Mono<Snapshot> stored(Moment moment) {
        return visible.apply(moment.position())
                .then(Mono.defer(() -> source.snapshot(moment.service(), moment.position())));
    }
}
