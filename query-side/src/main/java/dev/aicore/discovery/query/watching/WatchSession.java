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
 * One caller who watches a service, or something else that has a name: a batch of events at a time, each beginning where the last one ended. What can't be read
 * just now is read later, and never taken for nothing.
 */
final class WatchSession {

    /** After so long without an event there is a bookmark. */
    static final Duration QUIET = Duration.ofSeconds(15);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration MAX_RETRY = Duration.ofSeconds(2);

    private final String name;
    private final WatchHub.Subscription subscription;
    private final WatchPageSource changes;
    private final Scheduler scheduler;

    /** The caller has all up to there. */
    private volatile long reached;

    /** All can be read up to there. */
    private volatile long readable;

    WatchSession(String name, WatchHub.Subscription subscription, WatchPageSource changes, Scheduler scheduler) {
        this.name = name;
        this.subscription = subscription;
        this.changes = changes;
        this.scheduler = scheduler;
    }

    /**
     * What the stream begins with: a snapshot, or what happened since the caller left.
     *
     * @param parameter what the caller gave {@code resumed} as
     * @param resumed position of the last event that the caller has; null if none
     */
    Mono<List<byte[]>> begin(String parameter, @Nullable Long resumed) {
        return subscription
                .position()
                .flatMap(position -> resumed == null
                        ? changes.beginning(name, position)
                        : changes.requireKnown(parameter, resumed, position).then(Mono.defer(() -> {
                            readable = position;
                            return behind(resumed, position);
                        })))
                .map(this::written);
    }

    /** What follows on it, whenever that is; empty if the node is being stopped, or the caller isn't admitted any more. To be asked for one at a time. */
    Mono<List<byte[]>> next() {
        // What the caller has grows behind the timeout: a page that came too late is read again.
        return Mono.defer(() -> isBehind() ? Mono.just(readable) : subscription.changed(reached))
                .flatMap(position -> {
                    readable = position;
                    return behind(reached, position);
                })
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                        .maxBackoff(MAX_RETRY)
                        .scheduler(scheduler)
                        .filter(failure -> !subscription.isOver() && passes(failure)))
                .timeout(QUIET, Mono.fromSupplier(() -> WatchPage.bookmark(deliveredUpTo())), scheduler)
                .filter(_ -> subscription.isAdmitted())
                .map(this::written);
    }

    private Mono<WatchPage> behind(long position, long upTo) {
        return position >= upTo
                ? Mono.just(WatchPage.bookmark(position))
                : changes.page(name, position, upTo)
                        .map(watchPage ->
                                watchPage.events().isEmpty() ? WatchPage.bookmark(watchPage.reached()) : watchPage);
    }

    /** Up to where the caller has been told all. */
    private long deliveredUpTo() {
        return isBehind() ? reached : subscription.quietUpTo(reached);
    }

    private boolean isBehind() {
        return reached < readable;
    }

    private List<byte[]> written(WatchPage watchPage) {
        reached = watchPage.reached();
        return watchPage.events();
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof RegistryException refusal
                && (refusal.code() == ErrorCode.STORE_UNAVAILABLE
                        || refusal.code() == ErrorCode.OVERLOADED
                        || refusal.code() == ErrorCode.NOT_YET_VISIBLE);
    }
}
