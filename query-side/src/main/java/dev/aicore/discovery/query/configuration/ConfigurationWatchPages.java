package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.query.configuration.ConfigurationReader.ConfigurationState;
import dev.aicore.discovery.query.configuration.ConfigurationView.ConfigurationChangeView;
import dev.aicore.discovery.query.configuration.ConfigurationView.ConfigurationSnapshotView;
import dev.aicore.discovery.query.watching.PositionValidator;
import dev.aicore.discovery.query.watching.RequestCoalescer;
import dev.aicore.discovery.query.watching.WatchPage;
import dev.aicore.discovery.query.watching.WatchPageSource;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.StreamingResponseWriter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads changes of configurations as pages of events. Concurrent callers with the same request share one read. */
final class ConfigurationWatchPages implements WatchPageSource {

    /** Maximum number of changes that are read and written to a watcher at a time: each may have 64 KiB. */
    private static final int PAGE = 20;

    private static final int MAX_CONCURRENT = 1;

    private final ConfigurationReader reader;
    private final PositionValidator positions;
    private final RequestCoalescer<PositionSpan, WatchPage> pages;
    private final RequestCoalescer<ServicePosition, ConfigurationState> states;

    /**
     * Creates a source of pages.
     *
     * @param maxWaiting maximum number of different reads that may be queued, per kind of read
     */
    ConfigurationWatchPages(ConfigurationReader reader, int maxWaiting, Scheduler scheduler) {
        this.reader = reader;
        this.positions = new PositionValidator(Mono.defer(reader.poller()::lastPosition));
        this.pages = new RequestCoalescer<>(this::read, MAX_CONCURRENT, maxWaiting, scheduler);
        this.states = new RequestCoalescer<>(this::read, MAX_CONCURRENT, maxWaiting, scheduler);
    }

    private record PositionSpan(String service, long after, long upTo) {}

    private record ServicePosition(String service, long position) {}

    @Override
    public Mono<WatchPage> page(String service, long after, long upTo) {
        return pages.get(new PositionSpan(service, after, upTo));
    }

    @Override
    public Mono<EncodedSnapshot> beginning(String service, long position) {
        return state(service, position).map(configurationState -> {
            var view = new ConfigurationSnapshotView(
                    service, position, configurationState.present().orElse(null));
            return new EncodedSnapshot(StreamingResponseWriter.data(view), position);
        });
    }

    @Override
    public Mono<Void> requireKnown(String parameter, long wanted, long known) {
        return positions.require(parameter, wanted, known);
    }

    /** Returns the state of a configuration at a position, which must be one that the watch hub has reported. */
    Mono<ConfigurationState> state(String service, long position) {
        return states.get(new ServicePosition(service, position));
    }

    private Mono<ConfigurationState> read(ServicePosition servicePosition) {
        return reader.state(servicePosition.service(), servicePosition.position())
                .map(PositionedResult::rows)
                .map(configurationState -> new ConfigurationState(
                        servicePosition.position(), configurationState.index(), configurationState.present()));
    }

    private Mono<WatchPage> read(PositionSpan positionSpan) {
        return reader.changes(positionSpan.service(), positionSpan.after(), positionSpan.upTo(), PAGE)
                .map(changes -> WatchPage.of(changes, ConfigurationChangeView::position, PAGE, positionSpan.upTo()));
    }
}
