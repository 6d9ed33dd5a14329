package dev.aicore.discovery.query.discovery.registry;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.DialectSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.consistency.SharedFlux;
import dev.aicore.discovery.query.instance.InstanceReader;
import dev.aicore.discovery.query.watching.ChangePollReader;
import dev.aicore.discovery.query.watching.ChangePoller;
import dev.aicore.discovery.query.watching.ChangePoller.ChangePollResult;
import dev.aicore.discovery.query.watching.InstanceViewFold;
import dev.aicore.discovery.query.watching.LiveFactFeed;
import dev.aicore.discovery.query.watching.PollSchedule;
import dev.aicore.discovery.query.watching.RecentFactBuffer;
import dev.aicore.discovery.query.watching.RecentFactBuffer.FactTail;
import dev.aicore.discovery.query.watching.RequestCoalescer;
import dev.aicore.discovery.query.watching.WatcherLimit;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.ClientNetwork;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Port for reads of the whole registry. A snapshot contains all writes that this process has acknowledged before the
 * read, and in a process without the writer all changes that the read models contain. Thread-safe.
 *
 * <p>Results fail with {@code answer_too_large} if the registry exceeds {@code dialects.max_instances}, and with {@code
 * store_unavailable} if no store answers and no snapshot is recent enough.
 */
public final class RegistrySnapshotService {

    private static final int MAX_READS_WAITING = 10_000;
    private static final int MAX_PAST_READS_WAITING = 100;
    private static final int MAX_CONCURRENT_SERVICES = 4;

    /** Number of changed services above which all instances are read instead. */
    private static final int MAX_CHANGED_SERVICES = 1_000;

    private final RegistryPageReader reader;
    private final LiveFactFeed live;
    private final RecentFactBuffer recent;
    private final ChangePoller poller;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final AsOfResolver asOfResolver;
    private final InstanceViewFold fold;
    private final WatcherLimit watcherLimit;
    private final Duration readTimeout;
    private final Duration sizeCheckInterval;
    private final Duration staleLimit;
    private final TimeSource time;
    private final Scheduler scheduler;
    private final RequestCoalescer<Long, RegistrySnapshot> reads;
    private final RequestCoalescer<ResolvedAsOfPoint, RegistrySnapshot> pastReads;
    private final Flux<RegistrySnapshot> updates;
    private volatile @Nullable RegistrySnapshot snapshot;
    private volatile @Nullable Refusal refusal;
    private volatile long confirmedAt;

    /** Refusal of a registry that is too large, and the time of the monotonic clock at which it was found. */
    private record Refusal(RegistryException reason, long nanos) {}

    /**
     * Creates a service that holds nothing before the first request.
     *
     * @param schedule when waiting callers look for changes
     * @param staleLimit maximum age of a snapshot that is returned while no store answers
     * @param scheduler runs the folds, and times the waits
     */
    RegistrySnapshotService(
            RegistryPageReader reader,
            LiveFactFeed live,
            RecentFactBuffer recent,
            ChangePoller poller,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            InstanceViewFold fold,
            WatcherLimit watcherLimit,
            PollSchedule schedule,
            DialectSettings settings,
            Duration staleLimit,
            TimeSource time,
            Scheduler scheduler) {
        this.reader = reader;
        this.live = live;
        this.recent = recent;
        this.poller = poller;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.asOfResolver = asOfResolver;
        this.fold = fold;
        this.watcherLimit = watcherLimit;
        this.readTimeout = settings.readTimeout();
        this.sizeCheckInterval = settings.sizeCheckInterval();
        this.staleLimit = staleLimit;
        this.time = time;
        this.scheduler = scheduler;
        this.reads = new RequestCoalescer<>(this::refresh, 1, MAX_READS_WAITING, scheduler);
        this.pastReads = new RequestCoalescer<>(this::readPast, 1, MAX_PAST_READS_WAITING, scheduler);
        this.updates = SharedFlux.rejoining(schedule.flux(scheduler)
                .onBackpressureLatest()
                .concatMap(_ -> current().onErrorComplete(), 1)
                .distinctUntilChanged(RegistrySnapshot::index)
                .replay(1)
                .refCount(1));
    }

    /** Returns the present state, as far as the caller's service scope reaches. */
    public Mono<RegistrySnapshot> current(Caller caller) {
        return current().map(now -> now.visibleTo(caller));
    }

    /** Returns the whole present state, for the registry itself: what a caller may see must be decided by service. */
    public Mono<RegistrySnapshot> current() {
        return Mono.defer(() -> {
            long wanted = live.appendedPosition();
            var held = findAt(wanted);
            return held != null
                    ? Mono.just(held)
                    : reads.get(wanted).onErrorResume(Database::isUnavailable, this::stale);
        });
    }

    /** Returns what {@link #current()} does if it is in memory; null if it must be waited for. Never blocks. */
    public @Nullable RegistrySnapshot findCurrent() {
        return findAt(live.appendedPosition());
    }

    /**
     * Returns the snapshot if it contains all facts up to a position that this process has appended: heartbeats after
     * it change nothing in it.
     */
    private @Nullable RegistrySnapshot findAt(long wanted) {
        var held = snapshot;
        if (held == null || !live.isLive() || held.position() < live.appendedFactPosition()) {
            return null;
        }
        confirmedAt = time.nanos();
        return held.at(Math.max(held.position(), wanted));
    }

    /**
     * Returns the state at a point in the past, as far as the caller's service scope reaches.
     *
     * @return fails like {@link AsOfResolver#find}
     */
    public Mono<RegistrySnapshot> asOf(AsOfPoint point, Caller caller) {
        return asOfResolver
                .find(point, AsOfParameter.AT, readTimeout)
                .flatMap(pastReads::get)
                .map(past -> past.visibleTo(caller));
    }

    /**
     * Returns the present state once an index of it is greater than {@code after}, or when {@code patience} has
     * elapsed.
     *
     * @param index index to compare: {@link RegistrySnapshot#index}, or that of one service
     * @return fails with {@code overloaded} if too many callers wait, and with {@code unauthorized} if the caller's
     *     credentials end
     */
    public Mono<RegistrySnapshot> awaitChange(
            ToLongFunction<RegistrySnapshot> index, long after, Duration patience, Caller caller) {
        var network = ClientNetwork.of(caller.sourceAddress());
        var changed = Mono.using(
                () -> {
                    watcherLimit.acquire(network);
                    return network;
                },
                _ -> nextChange(index, after, patience),
                watcherLimit::release);
        return caller.admission()
                .validating(currentOr(changed, index, after, patience))
                .map(now -> now.visibleTo(caller));
    }

    /** Does the same for the registry itself, which sees the whole state and counts in no limit of watchers. */
    public Mono<RegistrySnapshot> awaitChange(ToLongFunction<RegistrySnapshot> index, long after, Duration patience) {
        return currentOr(nextChange(index, after, patience), index, after, patience);
    }

    private Mono<RegistrySnapshot> currentOr(
            Mono<RegistrySnapshot> changed, ToLongFunction<RegistrySnapshot> index, long after, Duration patience) {
        return current().flatMap(now -> patience.isZero() || index.applyAsLong(now) > after ? Mono.just(now) : changed);
    }

    private Mono<RegistrySnapshot> nextChange(ToLongFunction<RegistrySnapshot> index, long after, Duration patience) {
        return updates.filter(now -> index.applyAsLong(now) > after)
                .next()
                .timeout(patience, Mono.empty(), scheduler)
                .switchIfEmpty(Mono.defer(this::current));
    }

    private Mono<RegistrySnapshot> stale(Throwable failure) {
        var held = snapshot;
        var age = Duration.ofNanos(time.nanos() - confirmedAt);
        return held == null || age.compareTo(staleLimit) > 0 ? Mono.error(failure) : Mono.just(held.agedBy(age));
    }

    /** Brings the snapshot up to a position at least. Runs once at a time. */
    private Mono<RegistrySnapshot> refresh(long wanted) {
        var refused = refusal;
        if (refused != null && time.nanos() - refused.nanos() < sizeCheckInterval.toNanos()) {
            return Mono.error(refused.reason());
        }
        var held = snapshot;
        return (held == null ? load() : Mono.just(held))
                .flatMap(now -> follow(now, wanted))
                .doOnNext(now -> {
                    reader.require(now.weight());
                    snapshot = now;
                    refusal = null;
                    confirmedAt = time.nanos();
                })
                .doOnError(RegistrySnapshotService::isTooLarge, reason -> {
                    snapshot = null;
                    refusal = new Refusal((RegistryException) reason, time.nanos());
                });
    }

    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof RegistryException reason && reason.code() == ErrorCode.ANSWER_TOO_LARGE;
    }

    private Mono<RegistrySnapshot> load() {
        return reader.present(null)
                .map(read -> RegistrySnapshotBuilder.read(
                        read.rows(), read.position(), time.now().minus(RegistrySnapshotBuilder.CHANGE_RETENTION)));
    }

    private Mono<RegistrySnapshot> readPast(ResolvedAsOfPoint point) {
        return reader.asOf(point.position())
                .map(read -> RegistrySnapshotBuilder.read(read.rows(), point.position(), point.at())
                        .asOf(point.at()));
    }

    private Mono<RegistrySnapshot> follow(RegistrySnapshot before, long wanted) {
        if (!live.isLive()) {
            return followStore(before, wanted);
        }
        return live.awaitPosition(wanted)
                .timeout(readTimeout, Mono.empty(), scheduler)
                .then(Mono.defer(() -> recent.afterAll(before.position())
                        .filter(tail -> tail.upTo() >= wanted)
                        .map(tail -> followLive(before, tail))
                        .orElseGet(() -> followStore(before, wanted))));
    }

    private Mono<RegistrySnapshot> followLive(RegistrySnapshot before, FactTail tail) {
        if (tail.facts().isEmpty()) {
            return Mono.just(before.at(Math.max(before.position(), tail.upTo())));
        }
        var builder = new RegistrySnapshotBuilder(before);
        var unresolved = new HashSet<String>();
        for (var fact : tail.facts()) {
            var service = fact.fact().service();
            if (unresolved.contains(service) || !builder.apply(fact, fold)) {
                unresolved.add(service);
            }
        }
        var upTo = unresolved.stream().collect(Collectors.toMap(service -> service, _ -> tail.upTo()));
        return reread(builder, upTo, tail.upTo());
    }

    /** Reads the services that have changed since the snapshot according to the read models. */
    private Mono<RegistrySnapshot> followStore(RegistrySnapshot before, long wanted) {
        return readYourWritesBarrier
                .awaitPosition(new ConsistencyRequirement(wanted, readTimeout), InstanceReader.PROJECTIONS)
                .then(Mono.defer(() -> poller.changed(before.position())))
                .flatMap(found -> found.mark() < before.position() ? load() : apply(before, found))
                .flatMap(after -> after.position() - before.position() >= ChangePollReader.MAX_STRIDE
                        ? followStore(after, wanted)
                        : Mono.just(after));
    }

    private Mono<RegistrySnapshot> apply(RegistrySnapshot before, ChangePollResult found) {
        if (found.changed().isEmpty()) {
            return Mono.just(before.at(found.mark()));
        }
        return found.changed().size() > MAX_CHANGED_SERVICES
                ? load()
                : reread(new RegistrySnapshotBuilder(before), found.changed(), found.mark());
    }

    private Mono<RegistrySnapshot> reread(RegistrySnapshotBuilder builder, Map<String, Long> services, long upTo) {
        Set<Map.Entry<String, Long>> changed = services.entrySet();
        return Flux.fromIterable(changed)
                .flatMap(
                        service -> readYourWritesBarrier
                                .readAtLeast(
                                        new ConsistencyRequirement(service.getValue(), readTimeout),
                                        InstanceReader.PROJECTIONS,
                                        reader.present(service.getKey()))
                                .map(read -> Map.entry(service, read)),
                        MAX_CONCURRENT_SERVICES)
                .collectList()
                .map(all -> {
                    all.forEach(read -> builder.replace(
                            read.getKey().getKey(),
                            read.getValue().rows(),
                            read.getValue().position(),
                            read.getKey().getValue(),
                            time.now()));
                    return builder.build(upTo);
                });
    }
}
