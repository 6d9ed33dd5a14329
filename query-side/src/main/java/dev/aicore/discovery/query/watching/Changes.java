package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.query.moment.OtherStore;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What happened to services, read once for all who want the same. */
final class Changes {

    /** Most changes that are read, and written to a watcher, at a time. */
    private static final int PAGE = 100;

    private static final int PAGES_AT_ONCE = 2;
    private static final int BEGINNINGS_AT_ONCE = 1;
    private static final int SNAPSHOTS_AT_ONCE = 1;

    private final ChangeSource source;
    private final Flights<Span, Page> pages;
    private final Flights<Moment, Page> beginnings;
    private final Flights<Moment, Snapshot> snapshots;

    /** @param mostWaiting most different reads that wait for their turn, of each kind */
    Changes(ChangeSource source, int mostWaiting, Scheduler scheduler) {
        this.source = source;
        this.pages = new Flights<>(this::read, PAGES_AT_ONCE, mostWaiting, scheduler);
        this.beginnings = new Flights<>(
                moment -> read(moment).map(snapshot -> Page.of(moment.service(), snapshot)),
                BEGINNINGS_AT_ONCE,
                mostWaiting,
                scheduler);
        this.snapshots = new Flights<>(this::read, SNAPSHOTS_AT_ONCE, mostWaiting, scheduler);
    }

    /** Positions behind {@code after} and up to {@code upTo}. */
    private record Span(String service, long after, long upTo) {}

    private record Moment(String service, long position) {}

    /** The next changes of a service behind {@code after}; {@code upTo} must be one that the feed told. */
    Mono<Page> page(String service, long after, long upTo) {
        return pages.get(new Span(service, after, upTo));
    }

    /** How a service was at a position that the feed told, as the one event that a stream begins with. */
    Mono<Page> beginning(String service, long position) {
        return beginnings.get(new Moment(service, position));
    }

    /** How a service was at a position, which must be one that the feed told. */
    Mono<Snapshot> snapshot(String service, long position) {
        return snapshots.get(new Moment(service, position));
    }

    /**
     * Completes if there is such a position in this store; fails with {@code other_store} if not: to wait for it would be to
     * wait for the changes of a store that isn't this one.
     *
     * @param parameter what the caller gave it as
     * @param known a position that is there
     */
    Mono<Void> requireKnown(String parameter, long wanted, long known) {
        return wanted <= known
                ? Mono.empty()
                : source.furthest()
                        .flatMap(furthest -> wanted <= furthest
                                ? Mono.<Void>empty()
                                : Mono.error(OtherStore.refusal(parameter, wanted, furthest)));
    }

    private Mono<Page> read(Span span) {
        return source.changes(span.service(), span.after(), span.upTo(), PAGE)
                .map(changes -> Page.of(changes, PAGE, span.upTo()));
    }

    private Mono<Snapshot> read(Moment moment) {
        return source.snapshot(moment.service(), moment.position());
    }
}
