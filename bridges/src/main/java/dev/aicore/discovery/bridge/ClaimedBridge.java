package dev.aicore.discovery.bridge;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.bridge.sync.BridgeWorker;
import dev.aicore.discovery.eventstore.JobStore;
import dev.aicore.discovery.eventstore.JobStore.Job;
import dev.aicore.discovery.eventstore.JobStore.JobClaim;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import dev.aicore.discovery.web.ApiJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bridge of this process, which runs while this node has its claim. The methods that block are for one thread at a
 * time; the others answer from memory and are thread-safe.
 */
final class ClaimedBridge {

    /** Begin of the names of the jobs of bridges. */
    static final String JOBS = "bridge/";

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedBridge.class);

    private final BridgeWorker worker;
    private final JobStore jobs;
    private final String node;
    private volatile @Nullable JobClaim claim;
    private @Nullable String reported;

    /** @param node name of this node */
    ClaimedBridge(BridgeWorker worker, JobStore jobs, String node) {
        this.worker = worker;
        this.jobs = jobs;
        this.node = node;
    }

    String name() {
        return worker.name();
    }

    String job() {
        return JOBS + worker.name();
    }

    BridgeWorker worker() {
        return worker;
    }

    boolean isRunning() {
        return claim != null;
    }

    /** Returns the status as it is known here, whether it runs here or not. */
    ComponentStatus.Bridge status() {
        var known = worker.status();
        return isRunning() ? known.with(known.state(), node) : known;
    }

    /**
     * Claims the bridge and starts it, unless it runs. Stops it if another node has claimed it. Reports its status.
     * Blocks.
     *
     * @param stored the job as it is stored; null if it has never been claimed
     * @throws StoreUnavailableException if the database fails; the bridge continues
     */
    void follow(@Nullable Job stored) {
        var held = claim;
        if (held != null && (stored == null || stored.epoch() != held.epoch())) {
            LOG.warn("Bridge {} runs on another node; it is stopped here.", name());
            stop();
            held = null;
        }
        if (held == null) {
            start();
        } else if (stored != null && stored.paused() != worker.isPaused()) {
            worker.setPaused(stored.paused());
        }
        report();
    }

    private void start() {
        var won = jobs.claim(job(), node).orElse(null);
        if (won != null) {
            LOG.info("Bridge {} runs on this node.", name());
            worker.setPaused(won.paused());
            worker.start();
            claim = won;
        }
    }

    private void report() {
        var held = claim;
        var report = text();
        if (held != null && !report.equals(reported) && jobs.report(job(), held.epoch(), report)) {
            reported = report;
        }
    }

    private String text() {
        return ApiJson.mapper().writeValueAsString(worker.status());
    }

    /** Stops the bridge and keeps the claim, which the next node ends. Does nothing if it doesn't run. */
    void stop() {
        worker.stop();
        claim = null;
        reported = null;
    }

    /** Stops the bridge and ends the claim, if this node has it. Blocks. */
    void release() {
        var held = claim;
        stop();
        if (held != null) {
            try {
                jobs.release(job(), held.epoch(), text());
            } catch (StoreUnavailableException e) {
                LOG.debug("Bridge {} is stopped, and its claim ends with the lease of this node.", name(), e);
            }
        }
    }
}
