package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.CredentialValidity;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.query.watching.ChangePoller.ChangePollResult;
import dev.aicore.discovery.query.watching.WatchedService.Waiter;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.web.ClientNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Notifies the watchers of services of their changes. One poll of PostgreSQL runs at a time, regardless of the number
 * of watchers; none runs without watchers, unless {@link #pollAlways} was called.
 */
public final class WatchHub {

    private static final Logger LOG = LoggerFactory.getLogger(WatchHub.class);
    private static final Duration AUTHORIZATION_CHECK_INTERVAL = Duration.ofMillis(500);

    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ChangePoller poller;
    private final PollSchedule times;
    private final WatcherLimit watcherLimit;
    private final ChangeTracker changes;
    private final Scheduler scheduler;
    private final WatchedServices services = new WatchedServices();
    private @Nullable PollRound pollRound;
    private int watcherCount;
    private boolean isFollowed;
    private boolean closed;

    /**
     * Creates a hub without watchers.
     *
     * @param times schedule of the polls
     * @param watcherLimit limit of watchers over all hubs of the node
     * @param changes records the result of each poll
     * @param scheduler times the polls
     */
    public WatchHub(
            ChangePoller poller,
            PollSchedule times,
            WatcherLimit watcherLimit,
            ChangeTracker changes,
            Scheduler scheduler) {
        this.poller = poller;
        this.times = times;
        this.watcherLimit = watcherLimit;
        this.changes = changes;
        this.scheduler = scheduler;
    }

    /**
     * Registers a watcher of a service; the subscription must be ended by {@link Subscription#cancel}.
     *
     * @param caller waits end as soon as its admission ends
     * @throws RegistryException {@code overloaded} if there are too many watchers or services, {@code not_ready} if the
     * node is stopping
     */
    public Subscription subscribe(String service, Caller caller) {
        return subscribe(List.of(service), caller);
    }

    /**
     * Registers a watcher of several services, otherwise like {@link #subscribe(String, Caller)}.
     *
     * @param services without duplicates
     */
    Subscription subscribe(List<String> services, Caller caller) {
        return subscribe(services, ClientNetwork.of(caller.sourceAddress()), caller.admission());
    }

    synchronized Subscription subscribe(List<String> names, String network, CredentialValidity validity) {
        if (closed) {
            throw new RegistryException(ErrorCode.NOT_READY, "This node is stopping.", RETRY_AFTER);
        }
        watcherLimit.acquire(network, names.size());
        watcherCount++;
        var now = round();
        return new Subscription(network, services.addWatcher(names, now.mark), now, validity);
    }

    /** Polls from now on until this hub is closed, even without watchers. */
    public synchronized void pollAlways() {
        if (!closed && !isFollowed) {
            isFollowed = true;
            var _ = round();
        }
    }

    /** Ends all waits without a change. */
    public void close() {
        Set<Waiter> waiting;
        synchronized (this) {
            closed = true;
            isFollowed = false;
            stopIfUnwatched();
            waiting = services.allWaiters();
        }
        waiting.forEach(Waiter::dismiss);
    }

    /**
     * Ends the waits of callers whose credentials are no longer valid. Runs periodically, whether or not something
     * changes or PostgreSQL answers.
     */
    private void evictUnauthorized() {
        List<Waiter> ended;
        synchronized (this) {
            ended = services.removeUnauthorized();
        }
        ended.forEach(Waiter::dismiss);
    }

    /** Returns true if the hub was closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Returns the number of watchers. */
    synchronized int watcherCount() {
        return watcherCount;
    }

    private PollRound round() {
        var now = pollRound;
        if (now == null) {
            now = new PollRound();
            pollRound = now;
            now.begin();
        }
        return now;
    }

    /** Applies the result of a poll. Updates the position first, because notified watchers read up to it. */
    private void notifyWatchers(PollRound round, ChangePollResult changePollResult) {
        var notified = new ArrayList<Waiter>();
        synchronized (this) {
            round.isQuiet = changePollResult.mark() == round.mark;
            round.mark = Math.max(round.mark, changePollResult.mark());
            if (round == pollRound) {
                notified.addAll(services.changed(changePollResult.changed()));
            }
        }
        round.started.tryEmitEmpty();
        notified.forEach(waiter -> waiter.complete(round.mark));
    }

    /**
     * Handles a failed poll. While no position is known yet, watchers that arrive fail at once. Otherwise watchers wait
     * until PostgreSQL is available again.
     */
    private void fail(PollRound round, Throwable failure) {
        Sinks.Empty<Void> beginning;
        synchronized (this) {
            beginning = round.started;
            if (round.mark == PollRound.UNKNOWN) {
                round.started = Sinks.empty();
            }
        }
        if (!Database.isUnavailable(failure)) {
            LOG.warn("Failed to read changes", failure);
        }
        beginning.tryEmitError(failure);
    }

    private synchronized void unsubscribe(Subscription subscription) {
        watcherCount--;
        watcherLimit.release(subscription.network, subscription.watchedServices.size());
        services.removeWatcher(subscription.watchedServices);
        stopIfUnwatched();
    }

    private void stopIfUnwatched() {
        if (watcherCount == 0 && !isFollowed && pollRound != null) {
            pollRound.end();
            pollRound = null;
        }
    }

    /** Polls between the arrival of the first watcher and the departure of the last. */
    private final class PollRound {

        static final long UNKNOWN = -1;

        private volatile long mark = UNKNOWN;
        private volatile Sinks.Empty<Void> started = Sinks.empty();
        private volatile boolean isQuiet;
        private @Nullable Disposable polling;
        private @Nullable Disposable authorizationChecks;

        void begin() {
            authorizationChecks = Flux.interval(AUTHORIZATION_CHECK_INTERVAL, scheduler)
                    .onBackpressureDrop()
                    .subscribe(tick -> evictUnauthorized());
            // Keeps the latest tick: each notification is followed by a poll.
            polling = times.flux(scheduler)
                    .onBackpressureLatest()
                    .concatMap(tick -> poll(), 1)
                    .subscribe(changePollResult -> notifyWatchers(this, changePollResult));
        }

        private Mono<ChangePollResult> poll() {
            return (mark == UNKNOWN ? changes.pollFirst(poller.mark()) : changes.pollNext(since(mark)))
                    .onErrorResume(failure -> {
                        fail(this, failure);
                        return Mono.empty();
                    });
        }

        /**
         * Returns the changes since a position. While nothing changes, reads the watermark alone first, which allocates
         * a third less.
         */
        private Mono<ChangePollResult> since(long before) {
            return isQuiet
                    ? poller.mark().flatMap(now -> now.mark() == before ? Mono.just(now) : poller.changed(before))
                    : poller.changed(before);
        }

        void end() {
            if (polling != null) {
                polling.dispose();
            }
            if (authorizationChecks != null) {
                authorizationChecks.dispose();
            }
        }
    }

    /** Registration of a watcher. */
    public final class Subscription {

        private final String network;
        private final List<WatchedService> watchedServices;
        private final PollRound round;
        private final CredentialValidity validity;

        private Subscription(
                String network, List<WatchedService> watchedServices, PollRound round, CredentialValidity validity) {
            this.network = network;
            this.watchedServices = watchedServices;
            this.round = round;
            this.validity = validity;
        }

        /** Returns the names of the watched services. */
        List<String> names() {
            return watchedServices.stream().map(WatchedService::name).toList();
        }

        /**
         * Returns a position up to which all changes can be read. Fails while PostgreSQL is unavailable and no position
         * is known.
         */
        public Mono<Long> position() {
            return Mono.defer(() -> round.mark == PollRound.UNKNOWN
                    ? round.started.asMono().then(Mono.fromSupplier(() -> round.mark))
                    : Mono.just(round.mark));
        }

        /**
         * Waits until one of the services has changed after {@code after}, which must be a position that this
         * subscription has returned, or a later one.
         *
         * @return a position up to which all changes can be read, including the new ones; empty if the hub is closed or
         * the admission ends
         */
        public Mono<Long> changed(long after) {
            return Mono.create(sink -> {
                var waiter = new Waiter(after, sink, watchedServices, validity);
                sink.onCancel(() -> removeWaiter(waiter));
                await(waiter);
            });
        }

        /**
         * Returns the names of the services that have changed after a position since they are watched, each with a
         * position after which its changes are to be read.
         *
         * @param isReported whether all changes up to {@code after} were reported by this hub; changes may then be read
         *     from an earlier position, without finding others
         */
        Map<String, Long> changedSince(long after, boolean isReported) {
            synchronized (WatchHub.this) {
                return WatchedServices.changedSince(watchedServices, after, isReported);
            }
        }

        /** Returns the position up to which the services are known not to have changed after {@code after}. */
        long unchangedUpTo(long after) {
            synchronized (WatchHub.this) {
                return watchedServices.stream().anyMatch(service -> service.last() > after)
                        ? after
                        : Math.max(after, round.mark);
            }
        }

        boolean isOver() {
            return isClosed() || !isAdmitted();
        }

        /** Returns true if the watcher may receive more. */
        boolean isAdmitted() {
            return validity.isValid();
        }

        /** Ends the registration. */
        public void cancel() {
            WatchHub.this.unsubscribe(this);
        }

        private void await(Waiter waiter) {
            boolean over = !isAdmitted();
            synchronized (WatchHub.this) {
                over |= closed;
                if (!over && waiter.await()) {
                    return;
                }
            }
            if (over) {
                waiter.dismiss();
            } else {
                waiter.complete(round.mark);
            }
        }

        private void removeWaiter(Waiter waiter) {
            synchronized (WatchHub.this) {
                waiter.leave();
            }
        }
    }
}
