package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.EventStream;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Answers callers with the changes of one thing, for as long as they like. */
public final class Streams {

    private final Feed feed;
    private final Pages pages;
    private final Duration longestWrite;
    private final Scheduler scheduler;

    /** @param longestWrite how long the network may take for what was written to a watcher */
    public Streams(Feed feed, Pages pages, Duration longestWrite, Scheduler scheduler) {
        this.feed = feed;
        this.pages = pages;
        this.longestWrite = longestWrite;
        this.scheduler = scheduler;
    }

    /** A stream that ends when the caller goes, or the node, or what the caller was let in by. */
    public Mono<Void> write(String name, Resumption from, Caller caller, ServerHttpResponse response) {
        return Mono.using(
                () -> feed.enter(name, caller),
                seat -> {
                    var watch = new Watch(name, seat, pages, scheduler);
                    var first = watch.begin(from.parameter(), from.position());
                    return EventStream.write(response, first, watch.next(), longestWrite);
                },
                Feed.Seat::leave);
    }
}
