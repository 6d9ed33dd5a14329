package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.query.configuration.ConfigurationReader.ConfigurationState;
import dev.aicore.discovery.query.watching.ReconnectSpread;
import dev.aicore.discovery.query.watching.ResumePosition;
import dev.aicore.discovery.query.watching.StreamShutdown;
import dev.aicore.discovery.query.watching.WatchHub;
import dev.aicore.discovery.query.watching.WatchStreamService;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Waits for changes of configurations on behalf of callers. One poll of PostgreSQL runs at a time, regardless of the
 * number of waiting callers.
 */
final class ConfigurationWatchService {

    private final WatchHub watchHub;
    private final ConfigurationWatchPages pages;
    private final WatchStreamService watchStreamService;
    private final Scheduler scheduler;

    ConfigurationWatchService(
            WatchHub watchHub,
            ConfigurationWatchPages pages,
            Duration maxWrite,
            ReconnectSpread spread,
            Scheduler scheduler) {
        this.watchHub = watchHub;
        this.pages = pages;
        this.watchStreamService = new WatchStreamService(watchHub, pages, maxWrite, spread, scheduler);
        this.scheduler = scheduler;
    }

    /** Streams the changes of one configuration until the caller disconnects. */
    Mono<Void> stream(String service, ResumePosition from, Caller caller, ServerHttpResponse response) {
        return watchStreamService.write(service, from, caller, response);
    }

    /**
     * Returns the state of a configuration once its index is greater than {@code index}, or its present state when
     * {@code patience} has elapsed.
     *
     * @param caller receives a result only while its admission is valid
     * @return fails with {@code other_store} if the store has no such position, with {@code overloaded} if too many
     * callers wait, and with {@code store_unavailable}
     */
    Mono<ConfigurationState> awaitChange(String service, long index, Duration patience, Caller caller) {
        return caller.admission()
                .validating(Mono.using(
                        () -> watchHub.subscribe(service, caller),
                        subscription -> awaitChange(subscription, service, index, patience),
                        WatchHub.Subscription::cancel));
    }

    private Mono<ConfigurationState> awaitChange(
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

    /** Returns the handle that ends the streams before the web server waits for active requests. */
    StreamShutdown end() {
        return new StreamShutdown(watchHub::close, watchHub::isClosed);
    }
}
