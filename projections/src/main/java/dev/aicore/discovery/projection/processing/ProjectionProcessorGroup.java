package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.projection.processing.ProjectionFaults.Fault;
import dev.aicore.discovery.projection.processing.ProjectionProcessor.ProjectionException;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs all projections of a node, and holds their shared threads, watermarks and dead letters. */
public final class ProjectionProcessorGroup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionProcessorGroup.class);

    private final StoreAccess store;
    private final ProjectionSettings settings;
    private final ScheduledExecutorService coordinators = ProjectionThreadPools.coordinators(1);
    private final ScheduledExecutorService workers;
    private final ScheduledExecutorService clock = ProjectionThreadPools.pool("watermark", 1);
    private final ScheduledExecutorService claims = ProjectionThreadPools.pool("claims", 1);
    private final ScheduledExecutorService background = ProjectionThreadPools.pool("background", 1);
    private final Map<String, BisectingFold> folds = new LinkedHashMap<>();
    private final Map<String, CommitListener> listeners;
    private final ProjectionProcessor processor;
    private final Map<String, ProjectionFaults> jobs = new LinkedHashMap<>();
    private final WatermarkTracker watermarkTracker;
    private final DeadLetterRetryService deadLetters;

    /** Set while this node owns the projections. */
    private volatile boolean active = true;

    /** Periodic work outside the stream of facts. */
    @FunctionalInterface
    public interface Job {
        /** Runs once; an exception is reported in the status, and the job is retried. */
        void run() throws Exception;
    }

    /**
     * Creates all projections; nothing runs yet.
     *
     * @param folds folds by the name of the projection
     * @param listeners listeners of folded facts, by the name of the projection; optional per projection
     * @param jobs names of projections that don't fold facts, but have a watermark
     */
    public ProjectionProcessorGroup(
            Map<String, BatchFold> folds,
            Map<String, CommitListener> listeners,
            List<String> jobs,
            StoreAccess store,
            ProjectionSettings settings) {
        this.store = store;
        this.settings = settings;
        this.workers = ProjectionThreadPools.pool("worker", settings.workers());
        folds.forEach((name, fold) -> this.folds.put(name, new BisectingFold(name, fold, ModelTable.SCHEMA)));
        this.listeners = Map.copyOf(listeners);
        this.processor = new ProjectionProcessor(this.folds, this::committed, store, settings, coordinators, workers);
        jobs.forEach(job -> this.jobs.put(job, new ProjectionFaults()));
        var names = new ArrayList<>(folds.keySet());
        names.addAll(jobs);
        this.watermarkTracker = new WatermarkTracker(
                names,
                Set.copyOf(folds.keySet()),
                processor::committed,
                store.head(),
                store.timed(),
                clock,
                settings.watermarkInterval(),
                store.positions(),
                () -> active);
        this.deadLetters = new DeadLetterRetryService(
                this.folds, listeners, store.connections(), store.transactions(), this::factAt);
    }

    private void committed(FactBatch batch) {
        if (batch.coversAll()) {
            watermarkTracker.stored(batch.last());
        } else {
            watermarkTracker.publishSoon();
        }
        listeners.forEach((projection, listener) -> {
            var facts = batch.of(projection);
            if (!facts.isEmpty()) {
                listener.committed(facts);
            }
        });
    }

    /** Returns the processor of all projections that fold facts. */
    public ProjectionProcessor factProcessor() {
        return processor;
    }

    /**
     * Returns the collector for the event handlers of a projection.
     *
     * @throws IllegalArgumentException if no projection of that name folds facts
     */
    public FactBatchCollector collectorFor(String name) {
        if (!folds.containsKey(name)) {
            throw new IllegalArgumentException("No projection '" + name + "' folds facts; expected " + folds.keySet());
        }
        return new FactBatchCollector(name, processor);
    }

    public WatermarkTracker watermarks() {
        return watermarkTracker;
    }

    public DeadLetterRetryService deadLetterQueue() {
        return deadLetters;
    }

    /**
     * Starts to publish watermarks and to restore lost segments. Logs an error if the store or the read models were
     * restored from a backup. Processors are started by their creator.
     *
     * @throws ProjectionException if the database fails
     */
    public void start() {
        try (var connection = store.timed().getConnection()) {
            RestoredStoreRows.lowerWatermarks(connection, jobs.keySet())
                    .forEach((name, position) -> LOG.error(
                            "Projection {} had reached position {}, which the store does not have:"
                                    + " the store was restored from a backup.",
                            name,
                            position));
            RestoredStoreRows.findLacking(connection, ProjectionProcessor.PROCESSOR)
                    .forEach((name, position) -> LOG.error(
                            "The tables of projection {} lack the fact at position {}, although its token covers it:"
                                    + " the tables are from an older backup than the store."
                                    + " Rebuild all projections together.",
                            name,
                            position));
        } catch (SQLException e) {
            throw new ProjectionException("Failed to compare the read models with the store.", e);
        }
        watermarkTracker.start();
        long interval = SegmentClaimer.INTERVAL.toMillis();
        var _ = claims.scheduleWithFixedDelay(processor::restoreSegments, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Creates the processor of handlers, which only runs while this node owns the projections. */
    public EventProcessor ownedProcessorOf(EventHandlerInvoker handlers) {
        return processor.ownedProcessorOf(handlers);
    }

    /** Folds facts and runs the jobs from now on. Takes the segments over from the node that did so before. */
    public void activate() {
        active = true;
        try (var connection = store.timed().getConnection()) {
            TokenRows.release(connection, ProjectionProcessor.PROCESSOR);
        } catch (SQLException e) {
            throw new ProjectionException("Failed to take the segments over.", e);
        }
        processor.setActive(true);
    }

    /** Ends folding and the jobs; only follows the published watermarks. */
    public void deactivate() {
        active = false;
        processor.setActive(false);
    }

    /** Returns true while this node folds facts and runs the jobs. */
    public boolean isActive() {
        return active;
    }

    /**
     * Starts the job of a projection that doesn't fold facts; it runs with a pause of {@code
     * settings.lastSeenInterval()}.
     *
     * @throws IllegalArgumentException if there is no such job
     */
    public void start(String name, Job job) {
        var projectionFaults = jobs.get(name);
        if (projectionFaults == null) {
            throw new IllegalArgumentException("There is no job '" + name + "'; expected one of " + jobs.keySet());
        }
        long interval = settings.lastSeenInterval().toMillis();
        var _ = background.scheduleWithFixedDelay(
                () -> runIfActive(name, job, projectionFaults), 0, interval, TimeUnit.MILLISECONDS);
    }

    private void runIfActive(String name, Job job, ProjectionFaults projectionFaults) {
        if (active) {
            run(name, job, projectionFaults);
        }
    }

    private static void run(String name, Job job, ProjectionFaults projectionFaults) {
        try {
            job.run();
            projectionFaults.clear(0);
        } catch (Exception e) {
            if (projectionFaults.worst().isEmpty()) {
                LOG.warn("Projection {} failed and will be retried.", name, e);
            }
            projectionFaults.raise(0, ProjectionFaults.reason(e), String.valueOf(e.getMessage()));
        }
    }

    /** Returns true while the projections of this node can't fold facts. */
    public boolean hasFailed() {
        return active && processor.fault().isPresent();
    }

    /**
     * Returns the status of all projections; no faults while another node folds. Blocks: queries the database for the
     * number of parked facts.
     */
    public List<ProjectionStatus> status() {
        var all = new ArrayList<ProjectionStatus>();
        boolean isActive = active;
        var fault = isActive ? processor.fault().orElse(null) : null;
        int segments = processor.activeSegments();
        var counts = deadLetters.counts();
        folds.keySet().forEach(name -> all.add(status(name, fault, segments, counts.getOrDefault(name, 0L))));
        jobs.forEach((name, projectionFaults) ->
                all.add(status(name, isActive ? projectionFaults.worst().orElse(null) : null, 1, 0)));
        return all;
    }

    private ProjectionStatus status(String name, @Nullable Fault fault, int segments, long parkedCount) {
        long position = watermarkTracker.position(name);
        long head = Math.max(watermarkTracker.head(), position);
        return new ProjectionStatus(
                name,
                position,
                head,
                head - position,
                fault == null ? ProjectionStatus.State.LIVE : ProjectionStatus.State.FAILED,
                fault == null ? null : fault.reason(),
                fault == null ? null : fault.detail(),
                segments,
                parkedCount);
    }

    private RecordedFact factAt(long position) {
        try (var stream = store.facts().openStream(new GlobalSequenceTrackingToken(position - 1))) {
            var event = stream.hasNextAvailable(1, TimeUnit.SECONDS) ? stream.nextAvailable() : null;
            if (event == null || event.trackingToken().position().orElse(-1) != position) {
                throw new IllegalStateException("The store has no fact at position " + position + ".");
            }
            return RecordedFact.of(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading position " + position + ".", e);
        }
    }

    /** Ends the threads; processors must have been shut down before. */
    @Override
    public void close() {
        for (var pool : List.of(claims, clock, background, coordinators, workers)) {
            pool.shutdown();
        }
    }
}
