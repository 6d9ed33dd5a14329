package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.query.watching.ResumePosition;
import dev.aicore.discovery.query.watching.StreamShutdown;
import dev.aicore.discovery.query.watching.WatchHub;
import dev.aicore.discovery.query.watching.WatchStreamService;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Waits for changes of configurations on behalf of callers: one look at PostgreSQL at a time, however many wait. */
final class ConfigurationWatchService {

    private final WatchHub watchHub;
    private final ConfigurationWatchPages pages;
    private final WatchStreamService watchStreamService;
    private final Scheduler scheduler;

    ConfigurationWatchService(
            WatchHub watchHub, ConfigurationWatchPages pages, Duration longestWrite, Scheduler scheduler) {
        this.watchHub = watchHub;
        this.pages = pages;
        this.watchStreamService = new WatchStreamService(watchHub, pages, longestWrite, scheduler);
        this.scheduler = scheduler;
    }

    /** The changes of one, for as long as the caller likes. */
    Mono<Void> stream(String service, ResumePosition from, Caller caller, ServerHttpResponse response) {
        return watchStreamService.write(service, from, caller, response);
    }

    /**
     * How a configuration is once its index is beyond {@code index}, or after {@code patience} as it is then.
     *
     * @param caller whoever waits for long is answered only if its admission hasn't ended by then
     * @return fails with {@code other_store} if the store has no such position, with {@code overloaded} if too many wait, and
     *     with {@code store_unavailable}
     */
    Mono<ConfigurationState> beyond(String service, long index, Duration patience, Caller caller) {
        return caller.admission()
                .over(Mono.using(
                        () -> watchHub.enter(service, caller),
                        subscription -> beyond(subscription, service, index, patience),
                        WatchHub.Subscription::leave));
    }

    private Mono<ConfigurationState> beyond(
            WatchHub.Subscription subscription, String service, long index, Duration patience) {
        return subscription
                .position()
                .flatMap(
                        position -> pages.requireKnown("index", index, position).then(pages.state(service, position)))
                .flatMap(now -> now.index() > index || patience.isZero()
                        ? Mono.just(now)
                        : subscription
                                .changed(Math.max(index, now.position()))
                                .timeout(patience, Mono.empty(), scheduler)
                                .switchIfEmpty(subscription.position())
                                .flatMap(position -> pages.state(service, position)));
    }

    /** What ends it before the web server waits for what is under way. */
    StreamShutdown end() {
        return new StreamShutdown(watchHub::close, watchHub::isClosed);
    }
}
