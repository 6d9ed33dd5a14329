package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Streams the changes of a service, or of another name, to one caller. Each page of events begins where the previous
 * one ended. A page that can't be read is retried; an outage is never taken for the absence of changes.
 */
final class WatchSession {

    /** Time without an event after which a bookmark is sent. */
    static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(15);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration MAX_RETRY = Duration.ofSeconds(2);

    private final String name;
    private final WatchHub.Subscription subscription;
    private final WatchPageSource changes;
    private final Scheduler scheduler;

    /** Position up to which the caller has received everything. */
    private volatile long reached;

    /** Position up to which everything can be read. */
    private volatile long readable;

    WatchSession(String name, WatchHub.Subscription subscription, WatchPageSource changes, Scheduler scheduler) {
        this.name = name;
        this.subscription = subscription;
        this.changes = changes;
        this.scheduler = scheduler;
    }

    /**
     * Returns the first page: a snapshot, or the events since the caller's last one.
     *
     * @param parameter name of the parameter that gave {@code resumed}
     * @param resumed position of the last event that the caller has received; null if none
     */
    Mono<List<byte[]>> begin(String parameter, @Nullable Long resumed) {
        return subscription
                .position()
                .flatMap(position -> resumed == null
                        ? changes.beginning(name, position)
                        : changes.requireKnown(parameter, resumed, position).then(Mono.defer(() -> {
                            readable = position;
                            return nextPage(resumed, position);
                        })))
                .map(this::deliver);
    }

    /**
     * Returns the next events when they occur; empty if the node is stopping or the caller's admission has ended. Must
     * be called for one page at a time.
     */
    Mono<List<byte[]>> next() {
        // The position advances after the timeout: a page that arrives too late is read again.
        return Mono.defer(() -> isBehind() ? Mono.just(readable) : subscription.changed(reached))
                .flatMap(position -> {
                    readable = position;
                    return nextPage(reached, position);
                })
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                        .maxBackoff(MAX_RETRY)
                        .scheduler(scheduler)
                        .filter(failure -> !subscription.isOver() && isTransient(failure)))
                .timeout(BOOKMARK_INTERVAL, Mono.fromSupplier(() -> WatchPage.bookmark(deliveredUpTo())), scheduler)
                .filter(_ -> subscription.isAdmitted())
                .map(this::deliver);
    }

    private Mono<WatchPage> nextPage(long position, long upTo) {
        return position >= upTo
                ? Mono.just(WatchPage.bookmark(position))
                : changes.page(name, position, upTo)
                        .map(watchPage ->
                                watchPage.events().isEmpty() ? WatchPage.bookmark(watchPage.reached()) : watchPage);
    }

    /** Returns the position up to which the caller has received everything. */
    private long deliveredUpTo() {
        return isBehind() ? reached : subscription.unchangedUpTo(reached);
    }

    private boolean isBehind() {
        return reached < readable;
    }

    private List<byte[]> deliver(WatchPage watchPage) {
        reached = watchPage.reached();
        return watchPage.events();
    }

    private static boolean isTransient(Throwable failure) {
        return failure instanceof RegistryException refusal
                && (refusal.code() == ErrorCode.STORE_UNAVAILABLE
                        || refusal.code() == ErrorCode.OVERLOADED
                        || refusal.code() == ErrorCode.NOT_YET_VISIBLE);
    }
}
