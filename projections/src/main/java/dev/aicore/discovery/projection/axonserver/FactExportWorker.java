package dev.aicore.discovery.projection.axonserver;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.config.settings.AxonServerSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.axonserver.FactExportException.Reason;
import dev.aicore.discovery.projection.processing.StoreAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the export on a thread of its own, on the node that holds the claim. Nothing else waits for it: it reads facts
 * as other readers do, holds one page, and retention doesn't regard its position.
 */
final class FactExportWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FactExportWorker.class);

    /** Interval of extending the claim while there is nothing to export; a fraction of the timeout of claims. */
    private static final Duration CLAIM_INTERVAL = Duration.ofSeconds(2);

    private final AxonServerSettings settings;
    private final String node;
    private final StoreAccess store;
    private final ExportToken token;
    private final FactExporter exporter;
    private final TimeSource time;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Has a permit when a fact was appended, or the export ends. */
    private final Semaphore wakeUps = new Semaphore(0);

    private final Map<Reason, Long> failures = new EnumMap<>(Reason.class);
    private final Thread thread;
    private volatile State state = State.CONNECTING;
    private volatile long position;
    private volatile long lastFact;
    private volatile @Nullable Instant lastExportAt;
    private volatile @Nullable FactExportException lastFailure;
    private @Nullable AxonServerSession session;
    private @Nullable Registration headRegistration;
    private long claimedAtNanos;

    /** State of the export on this node, and its name in the status. */
    enum State {
        /** Facts are exported. */
        RUNNING,
        /** No page has been exported since the last failure. */
        CONNECTING,
        /** Another node exports. */
        STANDBY
    }

    /** @param node name of this node */
    FactExportWorker(AxonServerSettings settings, String node, StoreAccess store, TimeSource time) {
        this.settings = settings;
        this.node = node;
        this.store = store;
        this.time = time;
        this.token = new ExportToken(store, settings.context());
        this.exporter = new FactExporter(
                store, token, new FactEventEncoder(store.head().get().incarnation()), settings.batchSize());
        this.thread = Thread.ofPlatform().daemon().name("axon-server-export").unstarted(this::run);
    }

    /** Starts the thread; to be called once. */
    void start() {
        headRegistration = store.facts().onHead(this::wakeUp);
        thread.start();
    }

    /** Returns the present status, from memory. */
    ComponentStatus.AxonServer status() {
        var failure = lastFailure;
        long reached = position;
        return new ComponentStatus.AxonServer(
                settings.context(),
                state.name().toLowerCase(Locale.ROOT),
                reached,
                Math.max(0, lastFact - reached),
                exporter.exported(),
                lastExportAt,
                failure == null ? null : failure.getMessage());
    }

    /** Returns the counters of appended facts, of facts that were there already, and of restarts at the first fact. */
    FactExporter counters() {
        return exporter;
    }

    /** Returns the number of failures by reason. */
    Map<Reason, Long> failures() {
        synchronized (failures) {
            return new EnumMap<>(failures);
        }
    }

    private void run() {
        while (closing.getCount() > 0) {
            try {
                step();
            } catch (InterruptedException e) {
                return;
            } catch (UnableToClaimTokenException e) {
                standBy();
            } catch (FactExportException e) {
                fail(e);
            } catch (RuntimeException e) {
                fail(new FactExportException(
                        Reason.STORE_UNAVAILABLE, "The event store is unavailable: " + e.getMessage(), e));
            }
        }
    }

    /** Exports a page, and waits for the next fact after the last page. */
    private void step() throws FactExportException, InterruptedException {
        refreshLastFact();
        claim();
        var open = session;
        if (open == null) {
            open = AxonServerSession.open(settings, node);
            session = open;
        }
        long before = token.position();
        boolean more = exporter.exportPage(open);
        position = token.position();
        if (position > before) {
            claimedAtNanos = time.nanos();
            lastExportAt = time.now();
        }
        recover();
        if (!more) {
            awaitFact();
        }
    }

    private void claim() {
        long now = time.nanos();
        if (state == State.RUNNING && now - claimedAtNanos < CLAIM_INTERVAL.toNanos()) {
            return;
        }
        if (token.claim() || state == State.STANDBY) {
            exporter.forget();
        }
        position = token.position();
        claimedAtNanos = now;
    }

    private void wakeUp(long fact) {
        if (fact > lastFact) {
            lastFact = fact;
            wakeUps.release();
        }
    }

    private void awaitFact() throws InterruptedException {
        wakeUps.drainPermits();
        long left = CLAIM_INTERVAL.toNanos() - (time.nanos() - claimedAtNanos);
        if (closing.getCount() > 0 && lastFact <= token.position()) {
            var _ = wakeUps.tryAcquire(left, TimeUnit.NANOSECONDS);
        }
    }

    private void refreshLastFact() {
        lastFact = store.head().get().lastFact();
    }

    private void recover() {
        if (state != State.RUNNING) {
            LOG.info(
                    "Facts are exported to context {} of Axon Server, from position {}.", settings.context(), position);
        }
        state = State.RUNNING;
        lastFailure = null;
    }

    private void standBy() {
        if (state != State.STANDBY) {
            LOG.info("Another node exports facts to context {} of Axon Server.", settings.context());
        }
        state = State.STANDBY;
        lastFailure = null;
        closeSession();
        pause();
    }

    private void fail(FactExportException failure) {
        var last = lastFailure;
        // A failure is logged once, however often it is repeated.
        if (last == null || last.reason() != failure.reason()) {
            LOG.warn("Facts are not exported to Axon Server for now: {}", failure.getMessage());
        }
        lastFailure = failure;
        state = State.CONNECTING;
        synchronized (failures) {
            failures.merge(failure.reason(), 1L, Long::sum);
        }
        closeSession();
        pause();
    }

    private void pause() {
        try {
            var _ = closing.await(settings.retryInterval().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeSession() {
        var open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    /** Ends the export after the page in progress, within the request timeout, and releases the claim. */
    @Override
    public void close() {
        closing.countDown();
        wakeUps.release();
        if (headRegistration != null) {
            headRegistration.cancel();
        }
        try {
            if (!thread.join(settings.requestTimeout())) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeSession();
        if (state != State.STANDBY) {
            release();
        }
    }

    private void release() {
        try {
            token.release();
        } catch (RuntimeException e) {
            LOG.debug("The claim of the export ends by its timeout: {}", e.getMessage());
        }
    }
}
