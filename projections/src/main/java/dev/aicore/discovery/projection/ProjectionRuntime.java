package dev.aicore.discovery.projection;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import dev.aicore.discovery.projection.configuration.ConfigurationProjection;
import dev.aicore.discovery.projection.discovery.PickResetFold;
import dev.aicore.discovery.projection.history.AuditProjection;
import dev.aicore.discovery.projection.instance.DroppedRemovalFold;
import dev.aicore.discovery.projection.instance.InstanceProjection;
import dev.aicore.discovery.projection.lease.LastSeen;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.CommitListener;
import dev.aicore.discovery.projection.processing.DeadLetterRetryService;
import dev.aicore.discovery.projection.processing.DroppedDeadLetterFold;
import dev.aicore.discovery.projection.processing.ProjectionProcessor;
import dev.aicore.discovery.projection.processing.ProjectionProcessorGroup;
import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.StoreAccess;
import dev.aicore.discovery.projection.processing.WatermarkTracker;
import dev.aicore.discovery.readmodel.ModelTable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.PropagatingErrorHandler;

/**
 * Assembles the projections of a node. Either {@link #register} hands their processor to Axon's configuration, which
 * then starts and stops it, or {@link #processor} creates the processor for a caller that runs it itself.
 * {@link #start} is needed in both cases.
 */
public final class ProjectionRuntime implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final StoreAccess store;
    private final ProjectionProcessorGroup processorGroup;
    private final LastSeen lastSeen;
    private final Map<String, Object> handlers = new LinkedHashMap<>();
    private final List<Runnable> activationListeners = new CopyOnWriteArrayList<>();

    /** Creates the projections; nothing runs yet. The tables must exist: see {@link ReadModelMigration}. */
    public ProjectionRuntime(StoreAccess store, ProjectionSettings settings) {
        this(store, settings, folds(), CommitListener.NONE);
    }

    /**
     * Creates the projections with other folds, such as folds that fail on purpose.
     *
     * @param folds by the name of the projection
     * @param instances listener that receives facts once their rows are committed to {@code instances}
     */
    public ProjectionRuntime(
            StoreAccess store, ProjectionSettings settings, Map<String, BatchFold> folds, CommitListener instances) {
        this.store = store;
        processorGroup = new ProjectionProcessorGroup(
                folds, Map.of(InstanceProjection.NAME, instances), List.of(LastSeen.NAME), store, settings);
        lastSeen = new LastSeen(
                store.timed(),
                store.maxPause(),
                store.head(),
                new WireTypeRegistry(WireTypes.ALL),
                processorGroup.watermarks());
        handlers.put(
                InstanceProjection.NAME, new InstanceProjection(processorGroup.collectorFor(InstanceProjection.NAME)));
        handlers.put(AuditProjection.NAME, new AuditProjection(processorGroup.collectorFor(AuditProjection.NAME)));
        handlers.put(
                ConfigurationProjection.NAME,
                new ConfigurationProjection(processorGroup.collectorFor(ConfigurationProjection.NAME)));
    }

    /** Records the folds of facts of recorded requests from now on. */
    void traceWith(TraceRecorder recorder) {
        processorGroup.factProcessor().traceWith(recorder);
    }

    /** Returns true while the projections of this node can't go on. */
    public boolean hasFailed() {
        return processorGroup.hasFailed();
    }

    /** Returns the folds of facts, by the name of the projection. */
    public static Map<String, BatchFold> folds() {
        var folds = new LinkedHashMap<String, BatchFold>();
        folds.put(InstanceProjection.NAME, InstanceProjection.fold(ModelTable.SCHEMA));
        // The audit fold also applies the effects of audited facts: resets of statistics and dropped dead letters.
        folds.put(
                AuditProjection.NAME,
                AuditProjection.fold(ModelTable.SCHEMA)
                        .andThen(new PickResetFold())
                        .andThen(new DroppedDeadLetterFold())
                        .andThen(new DroppedRemovalFold()));
        folds.put(ConfigurationProjection.NAME, ConfigurationProjection.fold(ModelTable.SCHEMA));
        return folds;
    }

    /** Registers the handlers and their processor with Axon. */
    public void register(EventProcessingConfigurer configurer) {
        handlers.values().forEach(handler -> configurer.registerEventHandler(_ -> handler));
        configurer
                .registerSequencingPolicy(
                        ProjectionProcessor.PROCESSOR,
                        _ -> processorGroup.factProcessor().sequence())
                .registerListenerInvocationErrorHandler(
                        ProjectionProcessor.PROCESSOR, _ -> PropagatingErrorHandler.INSTANCE)
                .registerEventProcessor(
                        ProjectionProcessor.PROCESSOR, (_, _, invoker) -> processorGroup.ownedProcessorOf(invoker));
    }

    /** Creates the processor, not yet started; an alternative to {@link #register}. To be called once. */
    public EventProcessor processor() {
        return processorGroup.factProcessor().processor(handlers.values());
    }

    /** Starts to publish watermarks and to write the last heartbeats. */
    public void start() {
        processorGroup.start();
        processorGroup.start(LastSeen.NAME, lastSeen::run);
    }

    /** Folds facts and runs the jobs from now on, which this node had ended before. Blocks. */
    public void activate() {
        processorGroup.activate();
        activationListeners.forEach(Runnable::run);
    }

    /** Adds a listener that is called at each later {@link #activate}. */
    public void onActivation(Runnable listener) {
        activationListeners.add(listener);
    }

    /**
     * Ends folding and the jobs, because another node does them. The watermarks then follow those that the other node
     * publishes. Blocks.
     */
    public void deactivate() {
        processorGroup.deactivate();
    }

    /** Returns true while this node folds facts and runs the jobs. */
    public boolean isActive() {
        return processorGroup.isActive();
    }

    /**
     * Fails if another node folds the facts and runs the jobs.
     *
     * @throws RegistryException {@code standby}
     */
    public void requireActive() {
        if (!isActive()) {
            throw new RegistryException(
                    ErrorCode.STANDBY,
                    "Another node folds the read models at present, so nothing was done. Send the request again.",
                    RETRY_AFTER);
        }
    }

    /** Returns the read models that can be rebuilt, by name: those that are derived from facts alone. */
    public Map<String, ReadModel> models() {
        return Map.of(
                InstanceProjection.NAME, InstanceProjection.model(),
                AuditProjection.NAME, AuditProjection.model(),
                ConfigurationProjection.NAME, ConfigurationProjection.model());
    }

    /** Returns the access to the event store whose facts are folded. */
    public StoreAccess store() {
        return store;
    }

    public WatermarkTracker watermarks() {
        return processorGroup.watermarks();
    }

    public DeadLetterRetryService deadLetterQueue() {
        return processorGroup.deadLetterQueue();
    }

    /** Returns the status of each projection. Blocks. */
    public List<ProjectionStatus> status() {
        return processorGroup.status();
    }

    /** Ends what {@link #start} began. Processors must be shut down before. */
    @Override
    public void close() {
        processorGroup.close();
    }
}
