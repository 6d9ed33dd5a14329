package dev.aicore.discovery.projection.flow;

import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.projection.flow.Faults.Fault;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** How facts flow into one projection: its processor, its batches, and what keeps it from going on. */
public final class FactFlow {

    /** How often segments that another process held, or held when it died, are tried again. */
    private static final long CLAIM_INTERVAL_MILLIS = 1_000;

    private final String name;
    private final StoreAccess store;
    private final ProjectionSettings settings;
    private final ScheduledExecutorService coordinators;
    private final ScheduledExecutorService workers;
    private final Faults faults = new Faults();
    private final BisectingFold fold;
    private final FactIntake intake;
    private volatile @Nullable PooledStreamingEventProcessor processor;

    FactFlow(
            String name,
            BatchFold fold,
            CommitListener listener,
            StoreAccess store,
            ProjectionSettings settings,
            ScheduledExecutorService coordinators,
            ScheduledExecutorService workers) {
        this.name = name;
        this.store = store;
        this.settings = settings;
        this.coordinators = coordinators;
        this.workers = workers;
        this.fold = new BisectingFold(name, fold);
        this.intake = new FactIntake(name, store.connections(), this.fold, faults, listener);
    }

    public String name() {
        return name;
    }

    /** Where the projection's event handlers put their facts. */
    public FactIntake intake() {
        return intake;
    }

    /** What keeps facts of one instance in order. */
    public SequencingPolicy<EventMessage<?>> sequence() {
        return new FactSequence();
    }

    /** The processor of these handlers, not yet started; to be called once. */
    public PooledStreamingEventProcessor processor(Object handlers) {
        return processorOf(SimpleEventHandlerInvoker.builder()
                .eventHandlers(handlers)
                .sequencingPolicy(sequence())
                .listenerInvocationErrorHandler(PropagatingErrorHandler.INSTANCE)
                .build());
    }

    /** The processor of handlers that Axon's configuration has gathered, not yet started; to be called once. */
    public PooledStreamingEventProcessor processorOf(EventHandlerInvoker handlers) {
        var built = PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(handlers)
                .errorHandler(PropagatingErrorHandler.INSTANCE)
                .messageSource(new GuardedFacts(store.facts(), faults))
                .tokenStore(store.tokens())
                .transactionManager(store.transactions())
                // Without one Axon would begin with a replay, and on a store whose beginning was dropped with nothing.
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

    BisectingFold fold() {
        return fold;
    }

    /**
     * The position up to which every segment has committed; -1 while this node doesn't work on all of them. Axon moves a
     * segment's status in afterCommit, hence it is never ahead of the rows.
     */
    long committed() {
        double covered = 0;
        long least = Long.MAX_VALUE;
        for (var status : segments()) {
            covered += 1.0 / (status.getSegment().getMask() + 1.0);
            least = Math.min(least, status.getCurrentPosition().orElse(-1));
        }
        return covered == 1.0 ? least : -1;
    }

    int workedOn() {
        return (int)
                segments().stream().filter(status -> !status.isErrorState()).count();
    }

    Optional<Fault> fault() {
        var built = processor;
        if (built != null && built.isError()) {
            return faults.worst()
                    .or(() -> Optional.of(new Fault("store_unavailable", "The event store can't be read.")));
        }
        return faults.worst();
    }

    private List<EventTrackerStatus> segments() {
        var built = processor;
        return built == null ? List.of() : List.copyOf(built.processingStatus().values());
    }
}
