package dev.aicore.discovery.query.discovery.snapshot;

import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.cache.SharedServiceCache.TimestampedRead;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshotCache.CachedSnapshot;
import dev.aicore.discovery.query.instance.ServiceInstanceLookup;
import dev.aicore.discovery.query.watching.ChangeTracker;
import dev.aicore.discovery.query.watching.LiveFactFeed;
import dev.aicore.discovery.query.watching.RecentChangeSource;
import dev.aicore.discovery.query.watching.RequestCoalescer;
import dev.aicore.discovery.query.watching.WatchHub;
import dev.aicore.discovery.readmodel.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Looks up snapshots of services. Serves a cached snapshot while the change tracker confirms that it is current.
 * Otherwise reads a store, once for all concurrent callers. If no store answers, serves the last snapshot marked stale,
 * with its age. Thread-safe.
 */
public final class SnapshotService implements RecentChangeSource {

    private static final int MAX_CONCURRENT_READS = 16;
    private static final int MAX_READS_WAITING = 10_000;

    private final ServiceInstanceLookup instances;
    private final LiveFactFeed live;
    private final ServiceSnapshotCache cache;
    private final ChangeLog log;
    private final WatchHub watchHub;
    private final ChangeTracker changes;
    private final DiscoverySettings settings;
    private final TimeSource time;
    private final CacheLookupMetrics cacheLookupMetrics;
    private final Scheduler scheduler;
    private final RequestCoalescer<String, SnapshotLookup> reads;
    private final OutlineFallback outlineFallback;

    SnapshotService(
            ServiceInstanceLookup instances,
            LiveFactFeed live,
            ServiceSnapshotCache cache,
            ChangeLog log,
            WatchHub watchHub,
            ChangeTracker changes,
            DiscoverySettings settings,
            CacheLookupMetrics cacheLookupMetrics,
            TimeSource time,
            Scheduler scheduler) {
        this.instances = instances;
        this.live = live;
        this.cache = cache;
        this.log = log;
        this.watchHub = watchHub;
        this.changes = changes;
        this.settings = settings;
        this.cacheLookupMetrics = cacheLookupMetrics;
        this.time = time;
        this.scheduler = scheduler;
        this.outlineFallback = new OutlineFallback(time);
        this.reads = new RequestCoalescer<>(
                service -> read(service, ConsistencyRequirement.NONE),
                MAX_CONCURRENT_READS,
                MAX_READS_WAITING,
                scheduler);
    }

    /** Returns the cached snapshot if it is known to be current; null if a store must be read. Never blocks. */
    public @Nullable SnapshotLookup findCurrent(String service, ConsistencyRequirement requirement) {
        var snapshotLookup = find(service, requirement);
        if (snapshotLookup == null) {
            cacheLookupMetrics.miss();
        } else {
            cacheLookupMetrics.hit();
        }
        return snapshotLookup;
    }

    /**
     * Reads a store; if none answers, returns the last snapshot.
     *
     * @return fails with {@code not_yet_visible}; or with {@code store_unavailable} if no store answers and no snapshot
     * is recent enough
     */
    public Mono<SnapshotLookup> readThrough(String service, ConsistencyRequirement requirement) {
        return requirement.position() > 0 && isKeeping() && live.isLive()
                ? live.awaitPosition(requirement.position())
                        .timeout(
                                requirement.patience(),
                                Mono.error(() -> ReadYourWritesBarrier.notYetVisible(requirement, live.position())),
                                scheduler)
                        .then(Mono.fromSupplier(() -> find(service, requirement)))
                        .switchIfEmpty(Mono.defer(() -> readStore(service, requirement)))
                : readStore(service, requirement);
    }

    private Mono<SnapshotLookup> readStore(String service, ConsistencyRequirement requirement) {
        var answer = requirement.position() == 0 && isKeeping() ? reads.get(service) : read(service, requirement);
        return answer.onErrorResume(Database::isUnavailable, failure -> lastKnown(service, requirement, failure));
    }

    @Override
    public Optional<List<InstanceChangeView>> between(String service, long after, long upTo, int limit) {
        return log.between(service, after, upTo, limit);
    }

    @Override
    public Optional<State> state(String service, long position) {
        var cached = cache.get(service);
        if (cached == null || cached.service().isOutline() || !changes.isFresh() || !isConfirmed(service, cached)) {
            return Optional.empty();
        }
        long upTo = Math.max(cached.service().position(), changes.position());
        var last = log.lastPosition(service);
        return upTo < position
                ? Optional.empty()
                : Optional.of(new State(
                        upTo,
                        last.isPresent() ? last.getAsLong() : null,
                        cached.service().candidates().stream()
                                .map(Candidate::view)
                                .toList()));
    }

    @Override
    public Mono<Void> preload(String service) {
        return isKeeping() && live.isLive() && cache.get(service) == null
                ? reads.get(service).then().onErrorComplete()
                : Mono.empty();
    }

    private boolean isKeeping() {
        return settings.maxCachedInstances() > 0 && settings.enableCaching();
    }

    private @Nullable SnapshotLookup find(String service, ConsistencyRequirement requirement) {
        var cached = cache.get(service);
        if (cached == null || !changes.isFresh() || isOlder(cached, settings.cacheTtl())) {
            return null;
        }
        long position = Math.max(cached.service().position(), changes.position());
        return isConfirmed(service, cached) && position >= requirement.position()
                ? new SnapshotLookup(cached.service(), position, null)
                : null;
    }

    private Mono<SnapshotLookup> read(String service, ConsistencyRequirement requirement) {
        var stored = Mono.defer(() -> stored(service, requirement, changes.minReadPosition(service)))
                .map(read -> keep(service, read));
        return isKeeping() && live.isLive() ? readLive(service, requirement).switchIfEmpty(stored) : stored;
    }

    /** Reads a store at any position and applies the facts after it; empty if they aren't all known. */
    private Mono<SnapshotLookup> readLive(String service, ConsistencyRequirement requirement) {
        return stored(service, ConsistencyRequirement.NONE, 0)
                .flatMap(read -> Mono.justOrEmpty(cache.withRecent(service, read)))
                .filter(read -> read.service().position() >= requirement.position())
                .map(read -> keep(service, read));
    }

    /** Reads a store. Returns an outline if the service is too large to be read at once. */
    private Mono<CachedSnapshot> stored(String service, ConsistencyRequirement requirement, long needed) {
        return outlineFallback.read(
                service,
                Mono.defer(() -> instances.of(service, requirement, needed)).map(this::cache),
                Mono.defer(() -> instances.outlineOf(service, requirement))
                        .map(read -> new CachedSnapshot(ServiceSnapshot.outlineOf(read), time.nanos())));
    }

    private CachedSnapshot cache(TimestampedRead said) {
        return new CachedSnapshot(
                ServiceSnapshot.of(said.read()), time.nanos() - said.age().toNanos());
    }

    private SnapshotLookup keep(String service, CachedSnapshot read) {
        if (isKeeping()) {
            watchHub.pollAlways();
            cache.put(service, read);
        }
        return SnapshotLookup.of(read.service());
    }

    /**
     * Returns the last known snapshot while no store can be read. Redis may hold an outdated document that is still
     * newer than the snapshot in memory.
     */
    private Mono<SnapshotLookup> lastKnown(String service, ConsistencyRequirement requirement, Throwable failure) {
        return instances
                .cached(service)
                .filter(cached -> cached.position() >= requirement.position())
                .map(this::cache)
                .mapNotNull(read -> newerOf(service, read, requirement))
                .switchIfEmpty(Mono.defer(() -> {
                    var snapshotLookup = stale(service, requirement);
                    return snapshotLookup == null ? Mono.error(failure) : Mono.just(snapshotLookup);
                }));
    }

    /**
     * Returns the read snapshot, or the one in memory if that is newer; null if the result is known to be outdated and
     * is too old.
     */
    private @Nullable SnapshotLookup newerOf(String service, CachedSnapshot read, ConsistencyRequirement requirement) {
        var here = cache.get(service);
        var snapshotLookup =
                here != null && read.service().position() < here.service().position()
                        ? stale(service, requirement)
                        : null;
        if (snapshotLookup != null) {
            return snapshotLookup;
        }
        var fresh = keep(service, read);
        return isConfirmed(service, read) ? fresh : markStale(service, read);
    }

    private @Nullable SnapshotLookup stale(String service, ConsistencyRequirement requirement) {
        var cached = cache.get(service);
        return cached == null || cached.service().position() < requirement.position()
                ? null
                : markStale(service, cached);
    }

    private @Nullable SnapshotLookup markStale(String service, CachedSnapshot cached) {
        var age = age(service, cached);
        if (isTooOld(age)) {
            return null;
        }
        cacheLookupMetrics.stale();
        return new SnapshotLookup(cached.service(), cached.service().position(), age);
    }

    private boolean isTooOld(Duration age) {
        return age.compareTo(settings.staleLimit()) > 0;
    }

    /** Returns the time since the snapshot was read, or since a poll confirmed that it is current. */
    private Duration age(String service, CachedSnapshot cached) {
        long sinceRead = time.nanos() - cached.nanos();
        return Duration.ofNanos(isConfirmed(service, cached) ? Math.min(sinceRead, changes.age()) : sinceRead);
    }

    /** Returns true if no poll has found a change after the snapshot. */
    private boolean isConfirmed(String service, CachedSnapshot cached) {
        return cached.service().position() >= changes.minReadPosition(service);
    }

    private boolean isOlder(CachedSnapshot cached, Duration than) {
        return time.nanos() - cached.nanos() > than.toNanos();
    }
}
