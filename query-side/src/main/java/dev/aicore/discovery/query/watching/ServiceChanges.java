package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.query.memo.Memo;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Waits with its answer until a service has changed. */
public final class ServiceChanges {

    /** The index of what never changed: what is there opens a store, and is no service's. 0 would be answered at once, again and again. */
    private static final long NEVER = 1;

    private final Feed feed;
    private final Changes changes;
    private final Scheduler scheduler;

    ServiceChanges(Feed feed, Changes changes, Scheduler scheduler) {
        this.feed = feed;
        this.changes = changes;
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
    public record Indexed(List<InstanceView> instances, long position, long index, Memo memo) {

        static Indexed of(Snapshot snapshot) {
            return new Indexed(
                    snapshot.instances(), snapshot.position(), Math.max(NEVER, snapshot.index()), new Memo());
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
    public Mono<Indexed> beyond(String service, long index, Duration patience, Caller caller) {
        return caller.admission()
                .over(Mono.using(
                        () -> feed.enter(service, caller),
                        seat -> beyond(seat, service, index, patience),
                        Feed.Seat::leave));
    }

    private Mono<Indexed> beyond(Feed.Seat seat, String service, long index, Duration patience) {
        return seat.position()
                .flatMap(position -> requireKnown(index, position).then(changes.snapshot(service, position)))
                .flatMap(now -> now.index() > index || index == 0 || patience.isZero()
                        ? Mono.just(now)
                        : seat.changed(Math.max(index, now.position()))
                                .timeout(patience, Mono.empty(), scheduler)
                                .switchIfEmpty(seat.position())
                                .flatMap(position -> changes.snapshot(service, position)));
    }

    private Mono<Void> requireKnown(long index, long position) {
        return index <= NEVER ? Mono.empty() : changes.requireKnown("index", index, position);
    }
}
