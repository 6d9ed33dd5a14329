package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.configuration.ConfigurationKey;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.watching.LiveFactFeed;
import dev.aicore.discovery.query.watching.PositionValidator;
import dev.aicore.discovery.query.watching.RequestCoalescer;
import dev.aicore.discovery.query.watching.StreamShutdown;
import dev.aicore.discovery.query.watching.WatchHub;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.AsOfPoint;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Port for reads of keys: those of the key/value store and of configurations. A read contains all writes that this
 * process has acknowledged before. A caller with a service scope sees the keys below the folders of its services.
 *
 * <p>Results fail with {@code answer_too_large} and {@code store_unavailable}.
 */
public final class KeyValueQueryService {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_CONCURRENT = 1;

    private final KeyValueReader reader;
    private final KeyChangePoller poller;
    private final WatchHub watchHub;
    private final LiveFactFeed live;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final AsOfResolver asOfResolver;
    private final PositionValidator positions;
    private final Scheduler scheduler;
    private final RequestCoalescer<SelectionAtPosition, KeyValues> states;

    /**
     * Creates a service.
     *
     * @param watchHub hub of the poller
     * @param maxWaiting maximum number of different reads that may be queued after changes
     */
    KeyValueQueryService(
            KeyValueReader reader,
            KeyChangePoller poller,
            WatchHub watchHub,
            LiveFactFeed live,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            int maxWaiting,
            Scheduler scheduler) {
        this.reader = reader;
        this.poller = poller;
        this.watchHub = watchHub;
        this.live = live;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.asOfResolver = asOfResolver;
        this.positions = new PositionValidator(Mono.defer(reader.poller()::lastPosition));
        this.scheduler = scheduler;
        this.states = new RequestCoalescer<>(
                at -> reader.read(at.selection(), at.position()).map(PositionedResult::rows),
                MAX_CONCURRENT,
                maxWaiting,
                scheduler);
    }

    private record SelectionAtPosition(KeySelection selection, long position) {}

    /** Returns true if a caller may read or write a key, or the keys below a prefix. */
    public static boolean isReachable(String text, Caller caller) {
        var owner = ConfigurationKey.ownerOf(text);
        return caller.reach() == null || (owner != null && caller.coversService(owner));
    }

    /** Returns the present values. */
    public Mono<KeyValues> present(KeySelection selection, Caller caller) {
        return Mono.defer(() -> readYourWritesBarrier.readAtLeast(
                        new ConsistencyRequirement(live.appendedPosition(), PATIENCE),
                        ConfigurationReader.PROJECTIONS,
                        reader.read(selection, Long.MAX_VALUE)))
                .map(found -> visible(found.rows(), caller));
    }

    /**
     * Returns the values at a point in the past.
     *
     * @return fails like {@link AsOfResolver#find}
     */
    public Mono<KeyValues> asOf(KeySelection selection, AsOfPoint point, Caller caller) {
        return asOfResolver
                .find(point, AsOfParameter.AT, PATIENCE)
                .flatMap(past -> readYourWritesBarrier
                        .readAtLeast(
                                new ConsistencyRequirement(past.position(), PATIENCE),
                                ConfigurationReader.PROJECTIONS,
                                reader.read(selection, past.position()))
                        .map(found -> new KeyValues(
                                found.rows().entries(),
                                past.position(),
                                found.rows().index())))
                .map(found -> visible(found, caller));
    }

    /**
     * Returns the values once a selected key has changed after {@code index}, or the present ones when {@code patience}
     * has elapsed. An index that the store hasn't reached yet stands for the present one.
     *
     * @param caller receives a result only while its admission is valid
     * @return fails with {@code overloaded} if too many callers wait
     */
    public Mono<KeyValues> awaitChange(KeySelection selection, long index, Duration patience, Caller caller) {
        var changed = Mono.using(
                () -> subscribe(selection, caller),
                subscription -> awaitChange(subscription, selection, index, patience),
                subscription -> {
                    subscription.cancel();
                    poller.unwatch(selection);
                });
        return caller.admission().validating(changed).map(found -> visible(found, caller));
    }

    /** Returns the handle that ends the waits before the web server waits for active requests. */
    StreamShutdown end() {
        return new StreamShutdown(watchHub::close, watchHub::isClosed);
    }

    private WatchHub.Subscription subscribe(KeySelection selection, Caller caller) {
        poller.watch(selection);
        try {
            return watchHub.subscribe(KeyChangePoller.name(selection), caller);
        } catch (RuntimeException e) {
            poller.unwatch(selection);
            throw e;
        }
    }

    private Mono<KeyValues> awaitChange(
            WatchHub.Subscription subscription, KeySelection selection, long index, Duration patience) {
        return subscription
                .position()
                .flatMap(position -> positions
                        .require("index", index, position)
                        .thenReturn(index)
                        .onErrorResume(KeyValueQueryService::isOfFuture, _ -> Mono.just(position))
                        .flatMap(after -> state(selection, position)
                                .flatMap(now -> now.index() > after
                                        ? Mono.just(now)
                                        : subscription
                                                .changed(Math.max(after, position))
                                                .timeout(patience, Mono.empty(), scheduler)
                                                .switchIfEmpty(subscription.position())
                                                .flatMap(later -> state(selection, later)))));
    }

    private Mono<KeyValues> state(KeySelection selection, long position) {
        return states.get(new SelectionAtPosition(selection, position))
                .map(found -> new KeyValues(found.entries(), position, found.index()));
    }

    private static boolean isOfFuture(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.code() == ErrorCode.OTHER_STORE;
    }

    private static KeyValues visible(KeyValues all, Caller caller) {
        return caller.reach() == null
                ? all
                : new KeyValues(
                        all.entries().stream()
                                .filter(entry -> isReachable(entry.key(), caller))
                                .toList(),
                        all.position(),
                        all.index());
    }
}
