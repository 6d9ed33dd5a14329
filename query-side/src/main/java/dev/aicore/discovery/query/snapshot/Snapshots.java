package dev.aicore.discovery.query.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.watching.ChangeView;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.cache.Confirmed;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.instance.ServiceInstances;
import dev.aicore.discovery.query.live.LiveFacts;
import dev.aicore.discovery.query.watching.Feed;
import dev.aicore.discovery.query.watching.Flights;
import dev.aicore.discovery.query.watching.LastChanges;
import dev.aicore.discovery.query.watching.LiveChanges;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Services as they were read last. One is answered from memory as long as it is known that nothing changed it since; otherwise a
 * store is read, once for all who ask; and while no store answers, what was read last is told, with its age. The services that
 * are asked for least leave. For use by many threads.
 */
public final class Snapshots implements LiveChanges {

    private static final int READS_AT_ONCE = 16;
    private static final int MOST_READS_WAITING = 10_000;
    private static final int MAX_LARGE = 1_000;
    private static final Duration LARGE_FOR = Duration.ofMinutes(1);

    private final ServiceInstances instances;
    private final LiveFacts live;
    private final KeptServices kept;
    private final ChangeLog log;
    private final Feed feed;
    private final LastChanges changes;
    private final DiscoverySettings settings;
    private final TimeSource time;
    private final LookUps lookUps;
    private final Scheduler scheduler;
    private final Flights<String, Found> reads;
    private final Cache<String, Boolean> large = Caffeine.newBuilder()
            .maximumSize(MAX_LARGE)
            .expireAfterWrite(LARGE_FOR)
            .executor(Runnable::run)
            .build();

    Snapshots(
            ServiceInstances instances,
            LiveFacts live,
            KeptServices kept,
            ChangeLog log,
            Feed feed,
            LastChanges changes,
            DiscoverySettings settings,
            LookUps lookUps,
            TimeSource time,
            Scheduler scheduler) {
        this.instances = instances;
        this.live = live;
        this.kept = kept;
        this.log = log;
        this.feed = feed;
        this.changes = changes;
        this.settings = settings;
        this.lookUps = lookUps;
        this.time = time;
        this.scheduler = scheduler;
        this.reads =
                new Flights<>(service -> read(service, Wanted.ANYTHING), READS_AT_ONCE, MOST_READS_WAITING, scheduler);
    }

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
        return wanted.position() > 0 && isKeeping() && live.isLive()
                ? live.reached(wanted.position())
                        .timeout(
                                wanted.patience(),
                                Mono.error(() -> Visibility.notYet(wanted, live.position())),
                                scheduler)
                        .then(Mono.fromSupplier(() -> find(service, wanted)))
                        .switchIfEmpty(Mono.defer(() -> askStore(service, wanted)))
                : askStore(service, wanted);
    }

    private Mono<Found> askStore(String service, Wanted wanted) {
        var answer = wanted.position() == 0 && isKeeping() ? reads.get(service) : read(service, wanted);
        return answer.onErrorResume(Database::isUnavailable, failure -> lastKnown(service, wanted, failure));
    }

    @Override
    public Optional<List<ChangeView>> between(String service, long after, long upTo, int limit) {
        return log.between(service, after, upTo, limit);
    }

    @Override
    public Optional<State> state(String service, long position) {
        var found = kept.get(service);
        if (found == null || found.service().isOutline() || !changes.isFresh() || !isConfirmed(service, found)) {
            return Optional.empty();
        }
        long upTo = Math.max(found.service().position(), changes.position());
        var last = log.last(service);
        return upTo < position
                ? Optional.empty()
                : Optional.of(new State(
                        upTo,
                        last.isPresent() ? last.getAsLong() : null,
                        found.service().candidates().stream()
                                .map(Candidate::view)
                                .toList()));
    }

    @Override
    public Mono<Void> keep(String service) {
        return isKeeping() && live.isLive() && kept.get(service) == null
                ? reads.get(service).then().onErrorComplete()
                : Mono.empty();
    }

    private boolean isKeeping() {
        return settings.keptInstances() > 0 && settings.enableCaching();
    }

    private @Nullable Found find(String service, Wanted wanted) {
        var found = kept.get(service);
        if (found == null || !changes.isFresh() || isOlder(found, settings.cacheTtl())) {
            return null;
        }
        long position = Math.max(found.service().position(), changes.position());
        return isConfirmed(service, found) && position >= wanted.position()
                ? new Found(found.service(), position, null)
                : null;
    }

    private Mono<Found> read(String service, Wanted wanted) {
        var stored = Mono.defer(() -> stored(service, wanted, changes.needed(service)))
                .map(read -> keep(service, read));
        return isKeeping() && live.isLive() ? readLive(service, wanted).switchIfEmpty(stored) : stored;
    }

    /** What a store says, however far it is, with the facts that came after that; empty if they aren't all known. */
    private Mono<Found> readLive(String service, Wanted wanted) {
        return stored(service, Wanted.ANYTHING, 0)
                .flatMap(read -> Mono.justOrEmpty(kept.withRecent(service, read)))
                .filter(read -> read.service().position() >= wanted.position())
                .map(read -> keep(service, read));
    }

    /** An outline, if the service says more than may be read at once: that is found out anew now and then. */
    private Mono<Kept> stored(String service, Wanted wanted, long needed) {
        var outline = Mono.defer(() -> outline(service, wanted));
        return large.getIfPresent(service) != null
                ? outline
                : instances
                        .of(service, wanted, needed)
                        .map(this::kept)
                        .onErrorResume(Snapshots::isTooLarge, _ -> outline);
    }

    private Mono<Kept> outline(String service, Wanted wanted) {
        large.put(service, true);
        return instances
                .outlineOf(service, wanted)
                .map(read -> new Kept(ServiceSnapshot.outlineOf(read), time.nanos()));
    }

    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.code() == ErrorCode.ANSWER_TOO_LARGE;
    }

    private Kept kept(Confirmed said) {
        return new Kept(
                ServiceSnapshot.of(said.read()), time.nanos() - said.age().toNanos());
    }

    private Found keep(String service, Kept read) {
        if (isKeeping()) {
            feed.follow();
            kept.put(service, read);
        }
        return Found.of(read.service());
    }

    /** Redis may have something that isn't up to date, but came later than what is here. */
    private Mono<Found> lastKnown(String service, Wanted wanted, Throwable failure) {
        return instances
                .cached(service)
                .filter(said -> said.position() >= wanted.position())
                .map(this::kept)
                .mapNotNull(read -> later(service, read, wanted))
                .switchIfEmpty(Mono.defer(() -> {
                    var found = stale(service, wanted);
                    return found == null ? Mono.error(failure) : Mono.just(found);
                }));
    }

    /** What was read, unless memory has what came after that; null if it is known to have changed since, and is too old. */
    private @Nullable Found later(String service, Kept read, Wanted wanted) {
        var here = kept.get(service);
        var found =
                here != null && read.service().position() < here.service().position() ? stale(service, wanted) : null;
        if (found != null) {
            return found;
        }
        var fresh = keep(service, read);
        return isConfirmed(service, read) ? fresh : marked(service, read);
    }

    private @Nullable Found stale(String service, Wanted wanted) {
        var found = kept.get(service);
        return found == null || found.service().position() < wanted.position() ? null : marked(service, found);
    }

    private @Nullable Found marked(String service, Kept found) {
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
        return Duration.ofNanos(isConfirmed(service, found) ? Math.min(sinceRead, changes.age()) : sinceRead);
    }

    /** Whether no look has seen a change behind it. */
    private boolean isConfirmed(String service, Kept found) {
        return found.service().position() >= changes.needed(service);
    }

    private boolean isOlder(Kept found, Duration than) {
        return time.nanos() - found.nanos() > than.toNanos();
    }
}
