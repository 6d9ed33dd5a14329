package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.sync.LocalRegistry.LocalRegistryException;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import dev.aicore.discovery.config.settings.BridgeSettings;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * Threads of one bridge. One follows the other registry, and reconnects; the other one reconciles both sides after each
 * change, after a failure, and in an interval. Start and stop are to be called by the owner of the bridge; they may
 * alternate.
 */
public final class BridgeWorker {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeWorker.class);

    private final String name;
    private final ForeignRegistry foreign;
    private final LocalRegistry local;
    private final ForeignCatalog catalog;
    private final BridgeReconciler reconciler;
    private final boolean exports;
    private final Duration retryInterval;
    private final Duration resyncInterval;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private boolean dirty;
    private @Nullable Disposable localChanges;

    /**
     * Creates a bridge that does nothing before {@link #start}.
     *
     * @param origin mark of what the bridge exports
     * @param permit right to write to the other registry
     */
    public BridgeWorker(
            BridgeDefinition definition,
            BridgeSettings settings,
            BridgeOrigin origin,
            WritePermit permit,
            ForeignRegistry foreign,
            LocalRegistry local,
            TimeSource time) {
        this.name = definition.name();
        this.exports = definition.exports();
        this.foreign = foreign;
        this.local = local;
        this.catalog = new ForeignCatalog(settings.maxInstances(), time, this::signal);
        this.reconciler = new BridgeReconciler(
                new BridgeReconciler.Setup(definition, settings, origin, permit), catalog, foreign, local, time);
        this.retryInterval = settings.retryInterval();
        this.resyncInterval = settings.resyncInterval();
    }

    public String name() {
        return name;
    }

    /** Returns the present status, from memory. */
    public ComponentStatus.Bridge status() {
        return reconciler.status();
    }

    /** Returns the number of writes since the start: here, there, and refused here. */
    public BridgeCounts counts() {
        return reconciler.counts();
    }

    /**
     * Returns what the bridge would write now. Blocks.
     *
     * @throws LocalRegistryException if this registry can't be read
     */
    public BridgePlanView plan() throws LocalRegistryException, InterruptedException {
        return BridgePlanView.of(name, reconciler.plan());
    }

    /**
     * Stops the writes on both sides, or allows them again. The bridge goes on reading.
     *
     * @see #resume
     */
    public void setPaused(boolean paused) {
        reconciler.setPaused(paused);
        signal();
    }

    public boolean isPaused() {
        return reconciler.isPaused();
    }

    /** Ends a pause. If the bridge has stopped because it would remove too much, it removes that now. */
    public void resume() {
        reconciler.resume();
        signal();
    }

    /** Starts the threads; does nothing if they run. */
    public synchronized void start() {
        if (threads.isEmpty()) {
            reconciler.begin();
            threads.add(Thread.ofVirtual().name("bridge-follower-" + name).start(this::follow));
            threads.add(Thread.ofVirtual().name("bridge-reconciler-" + name).start(this::reconcile));
            localChanges = exports ? local.follow(this::signal) : null;
        }
    }

    /** Stops the threads and waits for them; does nothing if they don't run. What the bridge has brought stays. */
    public synchronized void stop() {
        if (localChanges != null) {
            localChanges.dispose();
            localChanges = null;
        }
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
        foreign.close();
    }

    /** Makes the reconciler compare both sides. Never blocks for long. */
    void signal() {
        lock.lock();
        try {
            dirty = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void follow() {
        try {
            while (true) {
                var failure = followOnce();
                catalog.lose(failure);
                LogEvent.BRIDGE_FAILED.on(LOG).log("Bridge {}: {}", name, failure);
                await(retryInterval, false);
            }
        } catch (InterruptedException e) {
            // What was read is out of date when the bridge is started again.
            catalog.lose("The bridge was stopped.");
        }
    }

    /** Follows the other registry until it can't be read; returns the reason in one sentence. */
    private String followOnce() throws InterruptedException {
        try {
            foreign.follow(catalog);
            return "The other registry has ended the connection.";
        } catch (ForeignRegistryException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("Bridge {} failed.", name, defect);
            return "The bridge failed: " + defect;
        }
    }

    private void reconcile() {
        try {
            while (true) {
                if (reconcileOnce()) {
                    await(resyncInterval, true);
                } else {
                    await(retryInterval, false);
                }
            }
        } catch (InterruptedException e) {
            // Stopped.
        }
    }

    /** Compares both sides once; returns false if that failed. */
    private boolean reconcileOnce() throws InterruptedException {
        try {
            return reconciler.reconcile();
        } catch (RuntimeException defect) {
            LOG.error("Bridge {} failed.", name, defect);
            reconciler.fail("The bridge failed: " + defect);
            return false;
        }
    }

    /** Waits for a duration; ends before it if a change comes and {@code untilChange} is true. */
    private void await(Duration duration, boolean untilChange) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long remaining = duration.toNanos();
            while (remaining > 0 && !(untilChange && dirty)) {
                remaining = changed.awaitNanos(remaining);
            }
            if (untilChange) {
                dirty = false;
            }
        } finally {
            lock.unlock();
        }
    }
}
