package dev.aicore.discovery.projection.processing;

import static java.util.stream.Collectors.toSet;

import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.projection.processing.ProjectionFaults.Fault;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** Folds facts into all read models. One Axon processor folds each batch into every model in one transaction. */
public final class ProjectionProcessor {

    /** Name of the processor in Axon and in the token store. */
    public static final String PROCESSOR = "read_models";

    /** Interval, in milliseconds, of claiming segments that another process holds, or held when it died. */
    private static final long CLAIM_INTERVAL_MILLIS = 1_000;

    private final Map<String, BisectingFold> folds;
    private final BatchListener listener;
    private final StoreAccess store;
    private final ProjectionSettings settings;
    private final ScheduledExecutorService coordinators;
    private final ScheduledExecutorService workers;
    private final ProjectionFaults projectionFaults = new ProjectionFaults();
    private final SegmentClaimer claims;
    private final HaltingMessageSource messageSource;
    private volatile TraceRecorder recorder = TraceRecorder.disabled();
    private volatile @Nullable PooledStreamingEventProcessor processor;

    /** Set while the node owns the projections. */
    private boolean active = true;

    /** Set between the start and the stop of the node. */
    private boolean started;

    /** Receives batches whose rows have just been committed. */
    @FunctionalInterface
    interface BatchListener {
        void committed(FactBatch batch);
    }

    /** @param folds folds by the name of the projection */
    ProjectionProcessor(
            Map<String, BisectingFold> folds,
            BatchListener listener,
            StoreAccess store,
            ProjectionSettings settings,
            ScheduledExecutorService coordinators,
            ScheduledExecutorService workers) {
        this.folds = folds;
        this.listener = listener;
        this.store = store;
        this.settings = settings;
        this.coordinators = coordinators;
        this.workers = workers;
        this.messageSource = new HaltingMessageSource(PROCESSOR, store.facts(), store.timed(), projectionFaults);
        this.claims = new SegmentClaimer(PROCESSOR, projectionFaults, this::claimableSegments);
    }

    /** Returns the policy that keeps facts of one instance in order. */
    public SequencingPolicy<EventMessage<?>> sequence() {
        return new FactSequencingPolicy();
    }

    /** Creates the processor of these handlers, not yet started; to be called once. */
    public PooledStreamingEventProcessor processor(Collection<Object> handlers) {
        return processorOf(SimpleEventHandlerInvoker.builder()
                .eventHandlers(List.copyOf(handlers))
                .sequencingPolicy(sequence())
                .listenerInvocationErrorHandler(PropagatingErrorHandler.INSTANCE)
                .build());
    }

    /**
     * Creates the processor of handlers that Axon's configuration has collected, not yet started; to be called once.
     */
    public PooledStreamingEventProcessor processorOf(EventHandlerInvoker handlers) {
        var built = PooledStreamingEventProcessor.builder()
                .name(PROCESSOR)
                .eventHandlerInvoker(handlers)
                .errorHandler(PropagatingErrorHandler.INSTANCE)
                .messageSource(messageSource)
                .tokenStore(store.tokens())
                .transactionManager(store.transactions())
                // Axon's default is a replay token, and no token on a store whose first events were dropped.
                .initialToken(StreamableMessageSource::createTailToken)
                .initialSegmentCount(settings.segments())
                .batchSize(settings.batchSize())
                .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
                .coordinatorExecutor(coordinators)
                .workerExecutor(workers)
                .build();
        processor = built;
        return built;
    }

    /** Records the folds of facts of recorded requests from now on. */
    public void traceWith(TraceRecorder tracing) {
        recorder = tracing;
    }

    /** Creates the processor like {@link #processorOf}; it only runs while this node owns the projections. */
    EventProcessor ownedProcessorOf(EventHandlerInvoker handlers) {
        return new OwnedEventProcessor(processorOf(handlers), this::setStarted);
    }

    /** Runs the processor from now on, or stops it until further notice. Blocks until the batches under way ended. */
    synchronized void setActive(boolean isActive) {
        active = isActive;
        startOrStop();
    }

    private synchronized void setStarted(boolean isStarted) {
        started = isStarted;
        startOrStop();
    }

    private void startOrStop() {
        var built = processor;
        if (built == null || built.isRunning() == (started && active)) {
            return;
        }
        if (started && active) {
            // Faults of an earlier time: another node may have folded what this one couldn't.
            projectionFaults.clearAll();
            built.start();
        } else {
            built.shutDown();
            claims.stop();
        }
    }

    void fold(FactBatch batch) {
        var spans = recorder.isEnabled() ? batch.begin(recorder) : List.<TracedSpan>of();
        if (spans.isEmpty()) {
            foldUntraced(batch);
            return;
        }
        try {
            spans.getFirst().run(() -> foldUntraced(batch));
        } finally {
            spans.forEach(TracedSpan::end);
        }
    }

    private void foldUntraced(FactBatch batch) {
        try (var connection = store.connections().getConnection()) {
            BatchRows.limitPause(connection, store.maxPause());
            batch.fold(connection, folds);
        } catch (SQLException e) {
            throw new ProjectionException(
                    "Failed to fold " + batch.size() + " facts into the read models: " + e.getMessage(), e);
        }
    }

    void committed(FactBatch batch, int segment) {
        projectionFaults.clear(segment);
        listener.committed(batch);
    }

    void rolledBack(UnitOfWork<?> unit, int segment) {
        var result = unit.getExecutionResult();
        var cause = result == null ? null : result.getExceptionResult();
        projectionFaults.raise(
                segment, "batch_failed", cause == null ? "rolled back" : String.valueOf(cause.getMessage()));
    }

    int segmentOf(UnitOfWork<?> unit) {
        Integer segment = unit.root().getResource("Processor[" + PROCESSOR + "]/SegmentId");
        return segment == null ? 0 : segment;
    }

    /** Returns true if the unit's segment has all facts. */
    boolean isWhole(UnitOfWork<?> unit) {
        var built = processor;
        var status = built == null ? null : built.processingStatus().get(segmentOf(unit));
        return status != null && status.getSegment().getMask() == 0;
    }

    /**
     * Returns the position up to which every segment has committed; -1 while this node doesn't process all segments, or
     * if tokens are ahead of the store. Axon moves a segment's status after the commit, so the position is never ahead
     * of the rows.
     */
    long committed() {
        if (messageSource.isAheadOfStore()) {
            return -1;
        }
        double covered = 0;
        long position = Long.MAX_VALUE;
        for (var status : segments()) {
            covered += 1.0 / (status.getSegment().getMask() + 1.0);
            position = Math.min(position, status.getCurrentPosition().orElse(-1));
        }
        return covered == 1.0 ? position : -1;
    }

    int activeSegments() {
        return (int)
                segments().stream().filter(status -> !status.isErrorState()).count();
    }

    Optional<Fault> fault() {
        var built = processor;
        if (built != null && (built.isError() || claims.hasLostSegments())) {
            return projectionFaults
                    .worst()
                    .or(() -> Optional.of(new Fault("store_unavailable", "The event store is unavailable.")));
        }
        return projectionFaults.worst();
    }

    /** Claims segments again that no node processes after a failure. Blocks while any may be missing. */
    void restoreSegments() {
        var built = processor;
        if (built != null && built.isRunning()) {
            claims.restore(built, committed() >= 0);
        }
    }

    private Set<Integer> claimableSegments() {
        return store.transactions().fetchInTransaction(() -> store.tokens().fetchAvailableSegments(PROCESSOR)).stream()
                .map(Segment::getSegmentId)
                .collect(toSet());
    }

    private List<EventTrackerStatus> segments() {
        var built = processor;
        return built == null ? List.of() : List.copyOf(built.processingStatus().values());
    }

    /** Thrown if the database can't be used: nothing was done, and the work will be retried. */
    static final class ProjectionException extends RuntimeException {

        ProjectionException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
