package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.query.watching.EndOfStreams;
import dev.aicore.discovery.query.watching.Feed;
import dev.aicore.discovery.query.watching.Resumption;
import dev.aicore.discovery.query.watching.Streams;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Waits for changes of configurations on behalf of callers: one look at PostgreSQL at a time, however many wait. */
final class ConfigurationWatching {

    private final Feed feed;
    private final ConfigurationPages pages;
    private final Streams streams;
    private final Scheduler scheduler;

    ConfigurationWatching(Feed feed, ConfigurationPages pages, Duration longestWrite, Scheduler scheduler) {
        this.feed = feed;
        this.pages = pages;
        this.streams = new Streams(feed, pages, longestWrite, scheduler);
        this.scheduler = scheduler;
    }

    /** The changes of one, for as long as the caller likes. */
    Mono<Void> stream(String service, Resumption from, Caller caller, ServerHttpResponse response) {
        return streams.write(service, from, caller, response);
    }

    /**
     * How a configuration is once its index is beyond {@code index}, or after {@code patience} as it is then.
     *
     * @param caller whoever waits for long is answered only if its admission hasn't ended by then
     * @return fails with {@code other_store} if the store has no such position, with {@code overloaded} if too many wait, and
     *     with {@code store_unavailable}
     */
    Mono<State> beyond(String service, long index, Duration patience, Caller caller) {
        return caller.admission()
                .over(Mono.using(
                        () -> feed.enter(service, caller),
                        seat -> beyond(seat, service, index, patience),
                        Feed.Seat::leave));
    }

    private Mono<State> beyond(Feed.Seat seat, String service, long index, Duration patience) {
        return seat.position()
                .flatMap(
                        position -> pages.requireKnown("index", index, position).then(pages.state(service, position)))
                .flatMap(now -> now.index() > index || patience.isZero()
                        ? Mono.just(now)
                        : seat.changed(Math.max(index, now.position()))
                                .timeout(patience, Mono.empty(), scheduler)
                                .switchIfEmpty(seat.position())
                                .flatMap(position -> pages.state(service, position)));
    }

    /** What ends it before the web server waits for what is under way. */
    EndOfStreams end() {
        return new EndOfStreams(feed::close, feed::isClosed);
    }
}
