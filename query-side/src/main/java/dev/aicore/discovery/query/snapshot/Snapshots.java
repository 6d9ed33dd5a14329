package dev.aicore.discovery.query.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.instance.ServiceInstances;
import dev.aicore.discovery.query.watching.Feed;
import dev.aicore.discovery.query.watching.Flights;
import dev.aicore.discovery.query.watching.LastChanges;
import dev.aicore.discovery.query.watermark.Wanted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Services as they were read last. One is answered from memory as long as it is known that nothing changed it since; otherwise a
 * store is read, once for all who ask; and while no store answers, what was read last is told, with its age. The services that
 * are asked for least leave. For use by many threads.
 */
public final class Snapshots {

    private static final int READS_AT_ONCE = 16;
    private static final int MOST_READS_WAITING = 10_000;

    private final ServiceInstances instances;
    private final Feed feed;
    private final LastChanges changes;
    private final DiscoverySettings settings;
    private final TimeSource time;
    private final LookUps lookUps;
    private final Flights<String, Found> reads;
    private final Cache<String, Kept> kept;

    Snapshots(
            ServiceInstances instances,
            Feed feed,
            LastChanges changes,
            DiscoverySettings settings,
            LookUps lookUps,
            TimeSource time,
            Scheduler scheduler) {
        this.instances = instances;
        this.feed = feed;
        this.changes = changes;
        this.settings = settings;
        this.lookUps = lookUps;
        this.time = time;
        this.reads =
                new Flights<>(service -> read(service, Wanted.ANYTHING), READS_AT_ONCE, MOST_READS_WAITING, scheduler);
        this.kept = Caffeine.newBuilder()
                .maximumWeight(settings.keptInstances())
                .weigher((String service, Kept of) ->
                        Math.max(1, of.service().candidates().size()))
                .executor(Runnable::run)
                .build();
    }

    /** @param nanos when it was read, by the monotonic clock */
    private record Kept(ServiceSnapshot service, long nanos) {}

    /** What memory knows to be so now; null if a store has to be asked. Never blocks. */
    public @Nullable Found known(String service, Wanted wanted) {
        var found = find(service, wanted);
        if (found == null) {
            lookUps.miss();
        } else {
            lookUps.hit();
        }
        return found;
    }

    /**
     * What a store says; while none does, what was read last.
     *
     * @return fails with {@code not_yet_visible}; or with {@code store_unavailable} if there is nothing to tell, or nothing young
     *     enough
     */
    public Mono<Found> ask(String service, Wanted wanted) {
        var answer = wanted.position() == 0 && isKeeping() ? reads.get(service) : read(service, wanted);
        return answer.onErrorResume(Database::isUnavailable, failure -> lastKnown(service, wanted, failure));
    }

    private boolean isKeeping() {
        return settings.keptInstances() > 0 && settings.enableCaching();
    }

    private @Nullable Found find(String service, Wanted wanted) {
        var found = kept.getIfPresent(service);
        if (found == null || !changes.isFresh() || isOlder(found, settings.cacheTtl())) {
            return null;
        }
        long position = Math.max(found.service().position(), changes.position());
        return found.service().position() >= changes.needed(service) && position >= wanted.position()
                ? new Found(found.service(), position, null)
                : null;
    }

    private Mono<Found> read(String service, Wanted wanted) {
        return instances
                .of(service, wanted, changes.needed(service))
                .map(read -> Found.of(keep(service, ServiceSnapshot.of(read))));
    }

    private ServiceSnapshot keep(String service, ServiceSnapshot read) {
        if (isKeeping()) {
            feed.follow();
            var now = new Kept(read, time.nanos());
            kept.asMap().merge(service, now, (before, after) -> isBehind(after, before) ? before : after);
        }
        return read;
    }

    /** A read that began earlier may end later. */
    private static boolean isBehind(Kept one, Kept other) {
        return one.service().position() < other.service().position();
    }

    /** Redis may have something that isn't up to date, but came later than what is here. */
    private Mono<Found> lastKnown(String service, Wanted wanted, Throwable failure) {
        return instances
                .cached(service)
                .map(ServiceSnapshot::of)
                .map(read -> later(service, read, wanted))
                .filter(found -> found.position() >= wanted.position())
                .switchIfEmpty(Mono.defer(() -> {
                    var found = stale(service, wanted);
                    return found == null ? Mono.error(failure) : Mono.just(found);
                }));
    }

    /** What was read, unless memory has what came after that. */
    private Found later(String service, ServiceSnapshot read, Wanted wanted) {
        var here = kept.getIfPresent(service);
        var found = here != null && read.position() < here.service().position() ? stale(service, wanted) : null;
        return found == null ? Found.of(keep(service, read)) : found;
    }

    private @Nullable Found stale(String service, Wanted wanted) {
        var found = kept.getIfPresent(service);
        if (found == null || found.service().position() < wanted.position()) {
            return null;
        }
        var age = age(service, found);
        if (isTooOldToTell(age)) {
            return null;
        }
        lookUps.stale();
        return new Found(found.service(), found.service().position(), age);
    }

    private boolean isTooOldToTell(Duration age) {
        return age.compareTo(settings.staleLimit()) > 0;
    }

    /** Since it was read, or since a look said that nothing had changed it. */
    private Duration age(String service, Kept found) {
        long sinceRead = time.nanos() - found.nanos();
        boolean isConfirmed = found.service().position() >= changes.needed(service);
        return Duration.ofNanos(isConfirmed ? Math.min(sinceRead, changes.age()) : sinceRead);
    }

    private boolean isOlder(Kept found, Duration than) {
        return time.nanos() - found.nanos() > than.toNanos();
    }
}
