package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.CredentialValidity;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.watching.WatchedService.Waiter;
import dev.aicore.discovery.web.ClientNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Notifies the watchers of a service of its changes. One poll of PostgreSQL runs at a time, regardless of the number of
 * watchers; none runs without watchers, unless {@link #follow} was called.
 */
public final class WatchHub {

    private static final Logger LOG = LoggerFactory.getLogger(WatchHub.class);
    private static final Duration AUTHORIZATION_CHECK_INTERVAL = Duration.ofMillis(500);

    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ChangePoller source;
    private final PollSchedule times;
    private final WatcherLimit all;
    private final ChangeTracker changes;
    private final Scheduler scheduler;
    private final Map<String, WatchedService> services = new HashMap<>();
    private @Nullable PollRound pollRound;
    private int seats;
    private boolean isFollowed;
    private boolean closed;

    /**
     * Creates a hub without watchers.
     *
     * @param times schedule of the polls
     * @param all limit of watchers over all hubs of the node
     * @param changes records the result of each poll
     * @param scheduler times the polls
     */
    public WatchHub(
            ChangePoller source, PollSchedule times, WatcherLimit all, ChangeTracker changes, Scheduler scheduler) {
        this.source = source;
        this.times = times;
        this.all = all;
        this.changes = changes;
        this.scheduler = scheduler;
    }

    /**
     * Registers a watcher of a service; the subscription must be ended by {@link Subscription#leave}.
     *
     * @param caller waits end as soon as its admission ends
     * @throws RegistryException {@code overloaded} if there are too many watchers, {@code not_ready} if the node is
     * stopping
     */
    public Subscription enter(String service, Caller caller) {
        return enter(service, ClientNetwork.of(caller.sourceAddress()), caller.admission());
    }

    synchronized Subscription enter(String service, String network, CredentialValidity validity) {
        if (closed) {
            throw new RegistryException(ErrorCode.NOT_READY, "This node is being stopped.", RETRY_AFTER);
        }
        all.take(network);
        seats++;
        var now = round();
        var watchedService = services.computeIfAbsent(service, name -> new WatchedService());
        watchedService.enter();
        return new Subscription(service, network, watchedService, now, validity);
    }

    /** Polls from now on until this hub is closed, even without watchers. */
    public synchronized void follow() {
        if (!closed && !isFollowed) {
            isFollowed = true;
            var _ = round();
        }
    }

    /** Ends all waits without a change. */
    public void close() {
        var waiting = new ArrayList<Waiter>();
        synchronized (this) {
            closed = true;
            isFollowed = false;
            stopIfUnwatched();
            services.values().forEach(watchedService -> waiting.addAll(watchedService.all()));
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
            ended = services.values().stream()
                    .flatMap(watchedService -> watchedService.notAdmitted().stream())
                    .toList();
        }
        ended.forEach(Waiter::dismiss);
    }

    /** Returns true if the hub was closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Returns the number of watchers. */
    synchronized int seats() {
        return seats;
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
    private void notifyWatchers(PollRound of, ChangePoll changePoll) {
        var told = new ArrayList<Waiter>();
        synchronized (this) {
            of.isQuiet = changePoll.mark() == of.mark;
            of.mark = Math.max(of.mark, changePoll.mark());
            if (of == pollRound) {
                changePoll.changed().forEach((service, last) -> {
                    var watchedService = services.get(service);
                    if (watchedService != null) {
                        told.addAll(watchedService.changedAt(last));
                    }
                });
            }
        }
        of.begun.tryEmitEmpty();
        told.forEach(waiter -> waiter.tell(of.mark));
    }

    /**
     * Handles a failed poll. While no position is known yet, watchers that arrive fail at once. Otherwise watchers wait
     * until PostgreSQL is available again.
     */
    private void fail(PollRound of, Throwable failure) {
        Sinks.Empty<Void> beginning;
        synchronized (this) {
            beginning = of.begun;
            if (of.mark == PollRound.UNKNOWN) {
                of.begun = Sinks.empty();
            }
        }
        if (!Database.isUnavailable(failure)) {
            LOG.warn("Changes can't be read", failure);
        }
        beginning.tryEmitError(failure);
    }

    private synchronized void leave(Subscription subscription) {
        seats--;
        all.release(subscription.network);
        if (subscription.watchedService.leave()) {
            services.remove(subscription.service);
        }
        stopIfUnwatched();
    }

    private void stopIfUnwatched() {
        if (seats == 0 && !isFollowed && pollRound != null) {
            pollRound.end();
            pollRound = null;
        }
    }

    /** Polls between the arrival of the first watcher and the departure of the last. */
    private final class PollRound {

        static final long UNKNOWN = -1;

        private volatile long mark = UNKNOWN;
        private volatile Sinks.Empty<Void> begun = Sinks.empty();
        private volatile boolean isQuiet;
        private @Nullable Disposable looks;
        private @Nullable Disposable rollCalls;

        void begin() {
            rollCalls = Flux.interval(AUTHORIZATION_CHECK_INTERVAL, scheduler)
                    .onBackpressureDrop()
                    .subscribe(tick -> evictUnauthorized());
            // Keeps the latest tick: each notification is followed by a poll.
            looks = times.flux(scheduler)
                    .onBackpressureLatest()
                    .concatMap(tick -> look(), 1)
                    .subscribe(changePoll -> notifyWatchers(this, changePoll));
        }

        private Mono<ChangePoll> look() {
            return (mark == UNKNOWN ? changes.beginning(source.mark()) : changes.followed(since(mark)))
                    .onErrorResume(failure -> {
                        fail(this, failure);
                        return Mono.empty();
                    });
        }

        /**
         * Returns the changes since a position. While nothing changes, reads the watermark alone first, which allocates
         * a third less.
         */
        private Mono<ChangePoll> since(long before) {
            return isQuiet
                    ? source.mark().flatMap(now -> now.mark() == before ? Mono.just(now) : source.changed(before))
                    : source.changed(before);
        }

        void end() {
            if (looks != null) {
                looks.dispose();
            }
            if (rollCalls != null) {
                rollCalls.dispose();
            }
        }
    }

    /** Registration of a watcher. */
    public final class Subscription {

        private final String service;
        private final String network;
        private final WatchedService watchedService;
        private final PollRound of;
        private final CredentialValidity validity;

        private Subscription(
                String service,
                String network,
                WatchedService watchedService,
                PollRound of,
                CredentialValidity validity) {
            this.service = service;
            this.network = network;
            this.watchedService = watchedService;
            this.of = of;
            this.validity = validity;
        }

        /**
         * Returns a position up to which all changes can be read. Fails while PostgreSQL is unavailable and no position
         * is known.
         */
        public Mono<Long> position() {
            return Mono.defer(() -> of.mark == PollRound.UNKNOWN
                    ? of.begun.asMono().then(Mono.fromSupplier(() -> of.mark))
                    : Mono.just(of.mark));
        }

        /**
         * Waits until the service has changed after {@code after}, which must be a position that this subscription has
         * returned, or a later one.
         *
         * @return a position up to which all changes can be read, including the new ones; empty if the hub is closed or
         * the admission ends
         */
        public Mono<Long> changed(long after) {
            return Mono.create(sink -> {
                var waiter = new Waiter(after, sink, validity);
                sink.onCancel(() -> forget(waiter));
                await(waiter);
            });
        }

        /** Returns the position up to which the service is known not to have changed after {@code after}. */
        long quietUpTo(long after) {
            synchronized (WatchHub.this) {
                return watchedService.last() > after ? after : Math.max(after, of.mark);
            }
        }

        boolean isOver() {
            return isClosed() || !isAdmitted();
        }

        /** Returns true if the watcher may receive more. */
        boolean isAdmitted() {
            return validity.holds();
        }

        /** Ends the registration. */
        public void leave() {
            WatchHub.this.leave(this);
        }

        private void await(Waiter waiter) {
            boolean over = !isAdmitted();
            synchronized (WatchHub.this) {
                over |= closed;
                if (!over && watchedService.await(waiter)) {
                    return;
                }
            }
            if (over) {
                waiter.dismiss();
            } else {
                waiter.tell(of.mark);
            }
        }

        private void forget(Waiter waiter) {
            synchronized (WatchHub.this) {
                watchedService.forget(waiter);
            }
        }
    }
}
