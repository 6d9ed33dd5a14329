package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.config.web.EventStream;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.watching.Flights;
import dev.aicore.discovery.query.watching.KnownPositions;
import dev.aicore.discovery.query.watching.Page;
import dev.aicore.discovery.query.watching.Pages;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What happened to configurations, as events; read once for all who want the same. */
final class ConfigurationPages implements Pages {

    /** Most changes that are read, and written to a watcher, at a time: each may be of 64 KiB. */
    private static final int PAGE = 20;

    private static final int AT_ONCE = 1;

    private final ConfigurationReader reader;
    private final KnownPositions positions;
    private final Flights<Span, Page> pages;
    private final Flights<Moment, State> states;

    /** @param mostWaiting most different reads that wait for their turn, of each kind */
    ConfigurationPages(ConfigurationReader reader, int mostWaiting, Scheduler scheduler) {
        this.reader = reader;
        this.positions = new KnownPositions(Mono.defer(reader.looks()::furthest));
        this.pages = new Flights<>(this::read, AT_ONCE, mostWaiting, scheduler);
        this.states = new Flights<>(this::read, AT_ONCE, mostWaiting, scheduler);
    }

    private record Span(String service, long after, long upTo) {}

    private record Moment(String service, long position) {}

    @Override
    public Mono<Page> page(String service, long after, long upTo) {
        return pages.get(new Span(service, after, upTo));
    }

    @Override
    public Mono<Page> beginning(String service, long position) {
        return state(service, position).map(state -> {
            var view = new SnapshotView(service, position, state.present().orElse(null));
            return new Page(List.of(EventStream.event("snapshot", position, view)), position);
        });
    }

    @Override
    public Mono<Void> requireKnown(String parameter, long wanted, long known) {
        return positions.require(parameter, wanted, known);
    }

    /** How a configuration was at a position, which must be one that the feed told. */
    Mono<State> state(String service, long position) {
        return states.get(new Moment(service, position));
    }

    private Mono<State> read(Moment moment) {
        return reader.state(moment.service(), moment.position())
                .map(Marked::rows)
                .map(state -> new State(moment.position(), state.index(), state.present()));
    }

    private Mono<Page> read(Span span) {
        return reader.changes(span.service(), span.after(), span.upTo(), PAGE).map(changes -> {
            boolean isAll = changes.size() < PAGE;
            var events = changes.stream()
                    .map(change -> EventStream.event("change", change.position(), change))
                    .toList();
            return new Page(events, isAll ? span.upTo() : changes.getLast().position());
        });
    }
}
