package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.cache.LastValueCache;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Waits with its answer until a service has changed. */
public final class ServiceChangeWaiter {

    /** The index of what never changed: what is there opens a store, and is no service's. 0 would be answered at once, again and again. */
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
     * The instances of a service at a moment: the same object for all who wait for the same change.
     *
     * @param instances the present ones, ordered by id; when they were last heard isn't told
     * @param position of the moment
     * @param index position of the service's last change until then, 1 if there was none
     * @param memo what was made of them
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
     * The instances of a service once its index is beyond {@code index}, or after {@code patience} as they are then.
     *
     * @param index 0 doesn't wait
     * @param caller whoever waits for long is answered only if its admission hasn't ended by then
     * @return fails with {@code other_store} if the store has no such position, with {@code overloaded} if too many wait, and
     *     with {@code store_unavailable}
     */
    public Mono<IndexedInstances> beyond(String service, long index, Duration patience, Caller caller) {
        return caller.admission()
                .over(Mono.using(
                        () -> watchHub.enter(service, caller),
                        subscription -> beyond(subscription, service, index, patience),
                        WatchHub.Subscription::leave));
    }

    private Mono<IndexedInstances> beyond(
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
