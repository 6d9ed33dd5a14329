package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Streams the changes of a name to callers until they disconnect. */
public final class WatchStreamService {

    private final WatchHub watchHub;
    private final WatchPageSource watchPageSource;
    private final Duration maxWrite;
    private final Scheduler scheduler;

    /**
     * Creates a service.
     *
     * @param maxWrite maximum time that the network may take to accept what was written to a watcher
     */
    public WatchStreamService(
            WatchHub watchHub, WatchPageSource watchPageSource, Duration maxWrite, Scheduler scheduler) {
        this.watchHub = watchHub;
        this.watchPageSource = watchPageSource;
        this.maxWrite = maxWrite;
        this.scheduler = scheduler;
    }

    /** Writes a stream that ends when the caller disconnects, the node stops or the caller's credentials expire. */
    public Mono<Void> write(String name, ResumePosition from, Caller caller, ServerHttpResponse response) {
        return Mono.using(
                () -> watchHub.subscribe(name, caller),
                subscription -> {
                    var watchSession = new WatchSession(name, subscription, watchPageSource, scheduler);
                    var first = watchSession.begin(from.parameter(), from.position());
                    return StreamingResponseWriter.write(response, first, watchSession.next(), maxWrite);
                },
                WatchHub.Subscription::cancel);
    }
}
