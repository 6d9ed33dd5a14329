package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Streams the changes of names to callers until they disconnect. */
public final class WatchStreamService {

    private final WatchHub watchHub;
    private final WatchPageSource watchPageSource;
    private final Duration maxWrite;
    private final ReconnectSpread spread;
    private final Scheduler scheduler;

    /**
     * Creates a service.
     *
     * @param maxWrite maximum time that the network may take to accept what was written to a watcher
     */
    public WatchStreamService(
            WatchHub watchHub,
            WatchPageSource watchPageSource,
            Duration maxWrite,
            ReconnectSpread spread,
            Scheduler scheduler) {
        this.watchHub = watchHub;
        this.watchPageSource = watchPageSource;
        this.maxWrite = maxWrite;
        this.spread = spread;
        this.scheduler = scheduler;
    }

    /** Writes a stream that ends when the caller disconnects, the node stops or the caller's credentials expire. */
    public Mono<Void> write(String name, ResumePosition from, Caller caller, ServerHttpResponse response) {
        return write(WatchStart.of(name, from), watchPageSource, caller, response);
    }

    /**
     * Writes the stream of several names, otherwise like the method for one name.
     *
     * @param source source of the events of this stream
     */
    Mono<Void> write(WatchStart start, WatchPageSource source, Caller caller, ServerHttpResponse response) {
        return Mono.using(
                () -> watchHub.subscribe(start.names(), caller),
                subscription -> {
                    var watchSession = new WatchSession(subscription, source, spread, scheduler);
                    var first = watchSession.begin(start);
                    return StreamingResponseWriter.write(response, first, watchSession.next(), maxWrite);
                },
                WatchHub.Subscription::cancel);
    }
}
