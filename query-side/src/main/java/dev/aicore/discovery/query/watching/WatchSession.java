package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.watching.ServiceSnapshotView.LeavingView;
import dev.aicore.discovery.query.watching.WatchPageSource.EncodedSnapshot;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Streams the changes of services, or of other names, to one caller. Each page of events begins where the previous one
 * ended, and has the events of all services in the order of their positions, so that the id of an event is a position
 * up to which the caller is complete for all of them. A page that can't be read is retried; an outage is never taken
 * for the absence of changes.
 */
final class WatchSession {

    /** Time without an event after which a bookmark is sent. */
    static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(15);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration MAX_RETRY = Duration.ofSeconds(2);

    private final WatchHub.Subscription subscription;
    private final WatchPageSource changes;
    private final ReconnectSpread spread;
    private final Scheduler scheduler;

    /** True if the caller has earlier events, so that not each service needs a snapshot. */
    private volatile boolean isResumed;

    /** Position from which on the subscription knows which services have changed. */
    private volatile long knownFrom;

    /** Services whose snapshots are still to be sent. */
    private volatile List<String> pending = List.of();

    /** Positions of snapshots that are later than {@link #reached}. */
    private volatile Map<String, Long> snapshots = Map.of();

    /** Position up to which the caller has received everything, except for the pending services. */
    private volatile long reached;

    /** Position up to which everything can be read. */
    private volatile long readable;

    private volatile boolean hasAnnouncedEnd;

    /** True if {@link #reached} is a position up to which the subscription has reported all changes. */
    private volatile boolean isReported;

    WatchSession(
            WatchHub.Subscription subscription, WatchPageSource changes, ReconnectSpread spread, Scheduler scheduler) {
        this.subscription = subscription;
        this.changes = changes;
        this.spread = spread;
        this.scheduler = scheduler;
    }

    /** Returns the first page: a snapshot, or the events since the caller's last one. */
    Mono<List<byte[]>> begin(WatchStart start) {
        return subscription.position().flatMap(position -> {
            var known = start.from().position();
            knownFrom = position;
            readable = position;
            if (known == null) {
                pending = subscription.names();
                reached = position;
                isReported = true;
            } else {
                pending = start.snapshotOf();
                // Another node may have sent a position that this one can't read yet. A snapshot is of an earlier one.
                reached = pending.isEmpty() ? known : Math.min(known, position);
                isResumed = true;
            }
            return requireKnown(start.from(), position)
                    .then(Mono.defer(this::nextPage))
                    .map(Supplier::get);
        });
    }

    /**
     * Returns the next events when they occur. If the node is stopping, the next event announces it. Empty after that,
     * or if the caller's admission has ended. Must be called for one page at a time.
     */
    Mono<List<byte[]>> next() {
        // The position advances after the timeout: a page that arrives too late is read again.
        return Mono.defer(this::readablePosition)
                .flatMap(position -> {
                    readable = position;
                    return nextPage();
                })
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                        .maxBackoff(MAX_RETRY)
                        .scheduler(scheduler)
                        .filter(failure -> !subscription.isOver() && isTransient(failure)))
                .timeout(BOOKMARK_INTERVAL, Mono.fromSupplier(() -> this::bookmark), scheduler)
                .filter(_ -> subscription.isAdmitted())
                .map(Supplier::get)
                .switchIfEmpty(Mono.defer(this::leaving));
    }

    /** Returns the position up to which there is something to read; empty if the stream ends. */
    private Mono<Long> readablePosition() {
        if (subscription.isOver()) {
            return Mono.empty();
        }
        return isBehind() || !pending.isEmpty() ? Mono.just(readable) : subscription.changed(reached);
    }

    /** Returns the announcement that the node stops; empty if it was sent, or if the stream ends for another reason. */
    private Mono<List<byte[]>> leaving() {
        if (hasAnnouncedEnd || !subscription.isAdmitted()) {
            return Mono.empty();
        }
        hasAnnouncedEnd = true;
        var delay = spread.next();
        return Mono.just(List.of(
                StreamingResponseWriter.head("leaving", reached),
                StreamingResponseWriter.retry(delay),
                StreamingResponseWriter.data(new LeavingView(reached, delay.toMillis()))));
    }

    private Mono<Void> requireKnown(ResumePosition from, long known) {
        var position = from.position();
        return position == null ? Mono.empty() : changes.requireKnown(from.parameter(), position, known);
    }

    /** Reads the next page. The supplier returns its events, and records that the caller has them. */
    private Mono<Supplier<List<byte[]>>> nextPage() {
        if (isBehind()) {
            return changesUpTo(readable).map(page -> () -> deliver(page));
        }
        if (!pending.isEmpty()) {
            var name = pending.getFirst();
            return changes.beginning(name, readable).map(snapshot -> () -> deliver(name, snapshot));
        }
        return Mono.just(() -> deliver(WatchPage.bookmark(reached)));
    }

    private Mono<WatchPage> changesUpTo(long upTo) {
        return changedNames(upTo)
                .flatMapMany(starts -> Flux.fromIterable(starts.entrySet()))
                .concatMap(start -> changes.page(start.getKey(), start.getValue(), upTo)
                        .map(page -> page.after(snapshots.getOrDefault(start.getKey(), 0L))))
                .collectList()
                .map(pages -> pages.isEmpty() ? WatchPage.bookmark(upTo) : WatchPage.merge(pages))
                .map(page -> page.events().isEmpty() ? WatchPage.bookmark(page.reached()) : page);
    }

    /** Returns the names whose changes are to be read, each with the position after which they are. */
    private Mono<Map<String, Long>> changedNames(long upTo) {
        long after = reached;
        if (after >= knownFrom) {
            return Mono.just(subscription.changedSince(after, isReported));
        }
        var names = subscription.names().stream()
                .filter(name -> !pending.contains(name))
                .toList();
        return (names.size() > 1 ? changes.changed(names, after, upTo) : Mono.just(names)).map(changed -> {
            var starts = new HashMap<String, Long>();
            changed.forEach(name -> starts.put(name, after));
            return starts;
        });
    }

    private List<byte[]> bookmark() {
        boolean isWaiting = !isBehind() && pending.isEmpty();
        return deliver(WatchPage.bookmark(isWaiting ? subscription.unchangedUpTo(reached) : reached));
    }

    private boolean isBehind() {
        return reached < readable;
    }

    private List<byte[]> deliver(WatchPage page) {
        isReported = page.reached() >= readable && (page.reached() > reached || isReported);
        reached = page.reached();
        if (!snapshots.isEmpty() && Collections.max(snapshots.values()) <= reached) {
            snapshots = Map.of();
        }
        return page.events();
    }

    private List<byte[]> deliver(String name, EncodedSnapshot snapshot) {
        var ahead = new HashMap<>(snapshots);
        ahead.put(name, snapshot.position());
        snapshots = Map.copyOf(ahead);
        pending = pending.subList(1, pending.size());
        if (pending.isEmpty() && !isResumed) {
            reached = Collections.min(ahead.values());
            isReported = reached == readable;
        }
        return List.of(StreamingResponseWriter.head("snapshot", reached), snapshot.data());
    }

    private static boolean isTransient(Throwable failure) {
        return failure instanceof RegistryException refusal
                && (refusal.code() == ErrorCode.STORE_UNAVAILABLE
                        || refusal.code() == ErrorCode.OVERLOADED
                        || refusal.code() == ErrorCode.NOT_YET_VISIBLE);
    }
}
