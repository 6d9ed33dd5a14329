package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.api.watching.ServiceSnapshotView;
import dev.aicore.discovery.query.watching.ChangePoller.ChangePollResult;
import dev.aicore.discovery.query.watching.ChangeSource.WatchSnapshot;
import dev.aicore.discovery.query.watching.ServiceChangeWaiter.IndexedInstances;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads changes of services as pages of events. Concurrent callers with the same request share one read. */
final class ServiceWatchPages implements WatchPageSource {

    /** Maximum number of changes that are read and written to a watcher at a time. */
    private static final int PAGE = 100;

    private static final int MAX_CONCURRENT_PAGES = 2;
    private static final int MAX_CONCURRENT_BEGINNINGS = 1;
    private static final int MAX_CONCURRENT_SNAPSHOTS = 1;
    private static final int MAX_CONCURRENT_POLLS = 1;

    private final ChangeSource source;
    private final RecentChangeSource recentChanges;
    private final double panicThreshold;
    private final LongFunction<Mono<Void>> visible;
    private final PositionValidator positions;
    private final RequestCoalescer<PositionSpan, WatchPage> pages;
    private final RequestCoalescer<ServicePosition, EncodedSnapshot> beginnings;
    private final RequestCoalescer<PositionSpan, List<InstanceChangeView>> changes;
    private final RequestCoalescer<ServicePosition, WatchSnapshot> states;
    private final RequestCoalescer<ServicePosition, IndexedInstances> snapshots;
    private final RequestCoalescer<Long, ChangePollResult> polls;

    /**
     * Creates a source of pages.
     *
     * @param poller finds the services that changed after a position
     * @param recentChanges used before {@code source}
     * @param panicThreshold threshold of discovery, stated in each snapshot
     * @param visible completes once the source reflects a position that the watch hub has reported
     * @param maxWaiting maximum number of different reads that may be queued, per kind of read
     */
    ServiceWatchPages(
            ChangeSource source,
            ChangePoller poller,
            RecentChangeSource recentChanges,
            double panicThreshold,
            LongFunction<Mono<Void>> visible,
            int maxWaiting,
            Scheduler scheduler) {
        this.source = source;
        this.recentChanges = recentChanges;
        this.panicThreshold = panicThreshold;
        this.visible = visible;
        this.positions = new PositionValidator(Mono.defer(source::lastPosition));
        this.pages = new RequestCoalescer<>(
                span -> read(span)
                        .map(changes ->
                                WatchPage.of(changes, InstanceChangeView::position, reached(changes, span.upTo()))),
                MAX_CONCURRENT_PAGES,
                maxWaiting,
                scheduler);
        this.beginnings = new RequestCoalescer<>(
                moment -> beginning(moment).map(state -> encode(moment.service(), state)),
                MAX_CONCURRENT_BEGINNINGS,
                maxWaiting,
                scheduler);
        this.changes = new RequestCoalescer<>(this::read, MAX_CONCURRENT_PAGES, maxWaiting, scheduler);
        this.states = new RequestCoalescer<>(this::beginning, MAX_CONCURRENT_BEGINNINGS, maxWaiting, scheduler);
        this.snapshots = new RequestCoalescer<>(
                moment -> indexed(moment).map(IndexedInstances::of), MAX_CONCURRENT_SNAPSHOTS, maxWaiting, scheduler);
        this.polls = new RequestCoalescer<>(poller::changed, MAX_CONCURRENT_POLLS, maxWaiting, scheduler);
    }

    /** Positions after {@code after} and up to {@code upTo}. */
    private record PositionSpan(String service, long after, long upTo) {}

    private record ServicePosition(String service, long position) {}

    @Override
    public Mono<WatchPage> page(String service, long after, long upTo) {
        return pages.get(new PositionSpan(service, after, upTo));
    }

    @Override
    public Mono<EncodedSnapshot> beginning(String service, long position) {
        return beginnings.get(new ServicePosition(service, position));
    }

    /** Returns the changes of which {@link #page} has the events, up to {@link #reached}. */
    Mono<List<InstanceChangeView>> changes(String service, long after, long upTo) {
        return changes.get(new PositionSpan(service, after, upTo));
    }

    /** Returns the position up to which changes that were read up to {@code upTo} are complete. */
    static long reached(List<InstanceChangeView> changes, long upTo) {
        return changes.size() < PAGE ? upTo : changes.getLast().position();
    }

    /** Returns the state that {@link #beginning} encodes. */
    Mono<WatchSnapshot> state(String service, long position) {
        return states.get(new ServicePosition(service, position));
    }

    EncodedSnapshot encode(String service, WatchSnapshot snapshot) {
        var view = new ServiceSnapshotView(service, snapshot.position(), panicThreshold, snapshot.instances());
        return new EncodedSnapshot(StreamingResponseWriter.data(view), snapshot.position());
    }

    @Override
    public Mono<List<String>> changed(List<String> services, long after, long upTo) {
        // A poll finds the changes of a limited number of positions.
        return upTo - after > ChangePollReader.MAX_STRIDE
                ? Mono.just(services)
                : polls.get(after)
                        .map(poll -> poll.mark() < upTo
                                ? services
                                : services.stream()
                                        .filter(poll.changed()::containsKey)
                                        .toList());
    }

    /** Returns the state of a service at a position that the watch hub has reported, or at a later one. */
    Mono<IndexedInstances> snapshot(String service, long position) {
        return snapshots.get(new ServicePosition(service, position));
    }

    @Override
    public Mono<Void> requireKnown(String parameter, long wanted, long known) {
        return positions.require(parameter, wanted, known);
    }

    private Mono<List<InstanceChangeView>> read(PositionSpan positionSpan) {
        return recentChanges
                .between(positionSpan.service(), positionSpan.after(), positionSpan.upTo(), PAGE)
                .map(Mono::just)
                .orElseGet(() -> stored(positionSpan));
    }

    private Mono<List<InstanceChangeView>> stored(PositionSpan positionSpan) {
        return recentChanges
                .preload(positionSpan.service())
                .then(Mono.defer(() -> visible.apply(positionSpan.upTo())))
                .then(Mono.defer(
                        () -> source.changes(positionSpan.service(), positionSpan.after(), positionSpan.upTo(), PAGE)));
    }

    private Mono<WatchSnapshot> beginning(ServicePosition servicePosition) {
        return recentChanges
                .preload(servicePosition.service())
                .then(Mono.defer(() -> recentChanges
                        .state(servicePosition.service(), servicePosition.position())
                        .map(state -> Mono.just(new WatchSnapshot(state.position(), 0, state.instances())))
                        .orElseGet(() -> stored(servicePosition))));
    }

    private Mono<WatchSnapshot> indexed(ServicePosition servicePosition) {
        return recentChanges
                .state(servicePosition.service(), servicePosition.position())
                .flatMap(state -> Optional.ofNullable(state.index())
                        .map(index -> Mono.just(new WatchSnapshot(state.position(), index, state.instances()))))
                .orElseGet(() -> stored(servicePosition));
    }

    private Mono<WatchSnapshot> stored(ServicePosition servicePosition) {
        return visible.apply(servicePosition.position())
                .then(Mono.defer(() -> source.snapshot(servicePosition.service(), servicePosition.position())));
    }
}
