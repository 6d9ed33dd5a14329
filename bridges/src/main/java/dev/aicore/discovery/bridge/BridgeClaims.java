package dev.aicore.discovery.bridge;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.bridge.sync.BridgeWorker;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.JobStore;
import dev.aicore.discovery.eventstore.JobStore.Job;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.web.ApiJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Keeps the claims of the bridges that this node runs, and knows those of the other nodes. On a thread of its own, the
 * claims are compared with the store in an interval. Thread-safe.
 */
final class BridgeClaims implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeClaims.class);

    private static final long INTERVAL_MILLIS = 1_000;

    /** Time after the last read of the store from which nothing is said about the bridges of other nodes. */
    private static final Duration UNKNOWN_AFTER = Duration.ofSeconds(10);

    private static final String PAUSED = "paused";
    private static final String STOPPED = "stopped";

    private final JobStore jobs;
    private final String node;
    private final StoreReader store;
    private final TimeSource time;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bridge-claims").factory());

    /** Bridges that are to run here; empty while this node doesn't own the event store. */
    private volatile List<ClaimedBridge> held = List.of();

    /** Jobs of bridges as they were read last, by name. */
    private volatile Map<String, ReportedJob> stored = Map.of();

    private volatile long takeoverPosition;
    private volatile long readAt;
    private volatile boolean everRead;
    private boolean away;

    /**
     * Creates claims that aren't compared before {@link #start}.
     *
     * @param node name of this node
     */
    BridgeClaims(JobStore jobs, String node, StoreReader store, TimeSource time) {
        this.jobs = jobs;
        this.node = node;
        this.store = store;
        this.time = time;
    }

    /** Compares the claims with the store from now on. */
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::update, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns a bridge of this process that isn't claimed yet. */
    ClaimedBridge unclaimed(BridgeWorker worker) {
        return new ClaimedBridge(worker, jobs, node);
    }

    /** Returns the position of the last fact before this node claimed its bridges; 0 before that. */
    long takeoverPosition() {
        return takeoverPosition;
    }

    /** Claims and starts the bridges as soon as possible, and keeps them running. */
    synchronized void hold(List<ClaimedBridge> bridges) {
        held = bridges;
        if (!bridges.isEmpty()) {
            try {
                thread.execute(this::update);
            } catch (RejectedExecutionException e) {
                LOG.debug("This node is stopping and claims no bridges.");
            }
        }
    }

    /** Stops the bridges. */
    synchronized void drop(List<ClaimedBridge> bridges) {
        held = List.of();
        bridges.forEach(ClaimedBridge::stop);
    }

    /** Stops the bridges, and ends the claims of this node. Blocks. */
    synchronized void release(List<ClaimedBridge> bridges) {
        held = List.of();
        bridges.forEach(ClaimedBridge::release);
    }

    /** Stops the writes of a bridge, here or on the node that runs it. Blocks. */
    synchronized void pause(ClaimedBridge bridge) {
        jobs.setPaused(bridge.job(), true);
        bridge.worker().setPaused(true);
    }

    /** Ends a pause, and lets the bridge write what it has stopped for if it runs here. Blocks. */
    synchronized void resume(ClaimedBridge bridge) {
        jobs.setPaused(bridge.job(), false);
        bridge.worker().resume();
    }

    private synchronized void update() {
        try {
            if (held.stream().anyMatch(bridge -> !bridge.isRunning())) {
                takeoverPosition = store.head().lastFact();
            }
            var read = new HashMap<String, ReportedJob>();
            for (var job : jobs.jobs(ClaimedBridge.JOBS)) {
                read.put(job.name(), ReportedJob.of(job));
            }
            for (var bridge : held) {
                var found = read.get(bridge.job());
                bridge.follow(found == null ? null : found.job());
            }
            stored = read;
            readAt = time.nanos();
            everRead = true;
            away = false;
        } catch (RuntimeException e) {
            if (!away && !thread.isShutdown()) {
                LOG.warn("Failed to compare the claims of bridges with the store: {}", e.getMessage());
            }
            away = true;
        }
    }

    /** Returns the status of a bridge of this process, which may run on another node. From memory. */
    ComponentStatus.Bridge statusOf(ClaimedBridge bridge) {
        var here = bridge.status();
        if (bridge.isRunning() || held.contains(bridge)) {
            return here;
        }
        if (!isKnown()) {
            return here.with("unknown", null);
        }
        var there = stored.get(bridge.job());
        return there == null ? here.with(STOPPED, null) : there.status(here);
    }

    /** Returns the status of the bridges that other nodes run. From memory. */
    List<ComponentStatus.Bridge> ofOtherNodes() {
        return isKnown()
                ? stored.values().stream()
                        .filter(there -> there.job().claimed())
                        .map(ReportedJob::report)
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
    }

    private boolean isKnown() {
        return everRead && time.nanos() - readAt < UNKNOWN_AFTER.toNanos();
    }

    /**
     * Job with its last report.
     *
     * @param report null if there is none, or if only another version of the registry can read it
     */
    private record ReportedJob(Job job, ComponentStatus.@Nullable Bridge report) {

        static ReportedJob of(Job job) {
            try {
                var text = job.report();
                return new ReportedJob(
                        job, text == null ? null : ApiJson.mapper().readValue(text, ComponentStatus.Bridge.class));
            } catch (JacksonException e) {
                LOG.debug("The report of {} can't be read.", job.name(), e);
                return new ReportedJob(job, null);
            }
        }

        /** Returns the last report, with the state that the claim and a pause give it. */
        ComponentStatus.Bridge status(ComponentStatus.Bridge otherwise) {
            var last = report == null ? otherwise : report;
            if (!job.claimed()) {
                return last.with(job.paused() ? PAUSED : STOPPED, null);
            }
            return last.with(job.paused() ? PAUSED : last.state(), job.node());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
