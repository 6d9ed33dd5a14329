package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.cache.LastValueCache;
import dev.aicore.discovery.query.watching.ChangeSource.WatchSnapshot;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Waits until a service has changed, on behalf of long-polling requests. */
public final class ServiceChangeWaiter {

    /**
     * Index of a service that never changed. The event at position 1 opens a store and belongs to no service. The index
     * 0 would be answered at once, repeatedly.
     */
    private static final long NEVER = 1;

    private final WatchHub watchHub;
    private final ServiceWatchPages serviceWatchPages;
    private final Scheduler scheduler;

    ServiceChangeWaiter(WatchHub watchHub, ServiceWatchPages serviceWatchPages, Scheduler scheduler) {
        this.watchHub = watchHub;
        this.serviceWatchPages = serviceWatchPages;
        this.scheduler = scheduler;
    }

    /**
     * Instances of a service at a position; callers that wait for the same change share one object.
     *
     * @param instances present instances, ordered by id, without the time of the last observation
     * @param position of the state
     * @param index position of the service's last change up to then; 1 if there was none
     * @param memo last value computed from these instances
     */
    public record IndexedInstances(List<InstanceView> instances, long position, long index, LastValueCache memo) {

        static IndexedInstances of(WatchSnapshot watchSnapshot) {
            return new IndexedInstances(
                    watchSnapshot.instances(),
                    watchSnapshot.position(),
                    Math.max(NEVER, watchSnapshot.index()),
                    new LastValueCache());
        }
    }

    /**
     * Returns the instances of a service once its index is greater than {@code index}, or the present ones when
     * {@code patience} has elapsed.
     *
     * @param index 0 to answer at once
     * @param caller receives a result only while its admission is valid
     * @return fails with {@code other_store} if the store has no such position, with {@code overloaded} if too many
     * callers wait, and with {@code store_unavailable}
     */
    public Mono<IndexedInstances> awaitChange(String service, long index, Duration patience, Caller caller) {
        return caller.admission()
                .validating(Mono.using(
                        () -> watchHub.subscribe(service, caller),
                        subscription -> awaitChange(subscription, service, index, patience),
                        WatchHub.Subscription::cancel));
    }

    private Mono<IndexedInstances> awaitChange(
            WatchHub.Subscription subscription, String service, long index, Duration patience) {
        return subscription
                .position()
                .flatMap(position -> requireKnown(index, position).then(serviceWatchPages.snapshot(service, position)))
                .flatMap(now -> now.index() > index || index == 0 || patience.isZero()
                        ? Mono.just(now)
                        : subscription
                                .changed(Math.max(index, now.position()))
                                .timeout(patience, Mono.empty(), scheduler)
                                .switchIfEmpty(subscription.position())
                                .flatMap(position -> serviceWatchPages.snapshot(service, position)));
    }

    private Mono<Void> requireKnown(long index, long position) {
        return index <= NEVER ? Mono.empty() : serviceWatchPages.requireKnown("index", index, position);
    }
}
