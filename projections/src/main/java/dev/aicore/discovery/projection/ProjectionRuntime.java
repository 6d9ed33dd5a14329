package dev.aicore.discovery.projection;

import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import dev.aicore.discovery.projection.balancing.PickResetFold;
import dev.aicore.discovery.projection.configuration.ConfigurationProjection;
import dev.aicore.discovery.projection.history.AuditProjection;
import dev.aicore.discovery.projection.instance.DroppedRemovalFold;
import dev.aicore.discovery.projection.instance.InstanceProjection;
import dev.aicore.discovery.projection.lease.LastSeen;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.CommitListener;
import dev.aicore.discovery.projection.processing.DeadLetterQueue;
import dev.aicore.discovery.projection.processing.DroppedDeadLetterFold;
import dev.aicore.discovery.projection.processing.ProjectionProcessor;
import dev.aicore.discovery.projection.processing.ProjectionProcessorGroup;
import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.StoreAccess;
import dev.aicore.discovery.projection.processing.WatermarkTracker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.PropagatingErrorHandler;

/**
 * The projections of a node. Either {@link #register} hands their processor to Axon's configuration, which then starts and
 * stops it, or {@link #processor} makes it for whoever runs it by hand. {@link #start} is needed both times.
 */
public final class ProjectionRuntime implements AutoCloseable {

    private final StoreAccess store;
    private final ProjectionProcessorGroup flows;
    private final LastSeen lastSeen;
    private final Map<String, Object> handlers = new LinkedHashMap<>();

    /** Makes them; nothing runs yet. The tables must be there: see {@link ReadModelMigration}. */
    public ProjectionRuntime(StoreAccess store, ProjectionSettings settings) {
        this(store, settings, folds(), CommitListener.NONE);
    }

    /**
     * The same with other folds, such as folds that fail on purpose.
     *
     * @param folds by the name of the projection
     * @param instances told of facts once they are in {@code instances}
     */
    public ProjectionRuntime(
            StoreAccess store, ProjectionSettings settings, Map<String, BatchFold> folds, CommitListener instances) {
        this.store = store;
        flows = new ProjectionProcessorGroup(
                folds, Map.of(InstanceProjection.NAME, instances), List.of(LastSeen.NAME), store, settings);
        lastSeen = new LastSeen(store.timed(), store.head(), new WireTypeRegistry(WireTypes.ALL), flows.watermarks());
        handlers.put(InstanceProjection.NAME, new InstanceProjection(flows.intake(InstanceProjection.NAME)));
        handlers.put(AuditProjection.NAME, new AuditProjection(flows.intake(AuditProjection.NAME)));
        handlers.put(
                ConfigurationProjection.NAME, new ConfigurationProjection(flows.intake(ConfigurationProjection.NAME)));
    }

    /** What folds facts, by the name of the projection. */
    public static Map<String, BatchFold> folds() {
        var folds = new LinkedHashMap<String, BatchFold>();
        folds.put(InstanceProjection.NAME, InstanceProjection.fold());
        // What resets statistics, or gives up a parked fact, is audited and done at once.
        folds.put(
                AuditProjection.NAME,
                AuditProjection.fold()
                        .andThen(new PickResetFold())
                        .andThen(new DroppedDeadLetterFold())
                        .andThen(new DroppedRemovalFold()));
        folds.put(ConfigurationProjection.NAME, ConfigurationProjection.fold());
        return folds;
    }

    /** Hands handlers and their processor to Axon. */
    public void register(EventProcessingConfigurer configurer) {
        handlers.values().forEach(handler -> configurer.registerEventHandler(_ -> handler));
        configurer
                .registerSequencingPolicy(
                        ProjectionProcessor.PROCESSOR, _ -> flows.flow().sequence())
                .registerListenerInvocationErrorHandler(
                        ProjectionProcessor.PROCESSOR, _ -> PropagatingErrorHandler.INSTANCE)
                .registerEventProcessor(
                        ProjectionProcessor.PROCESSOR,
                        (_, _, invoker) -> flows.flow().processorOf(invoker));
    }

    /** The processor, not yet started; an alternative to {@link #register}. To be called once. */
    public EventProcessor processor() {
        return flows.flow().processor(handlers.values());
    }

    /** Publishes watermarks and writes down heartbeats from now on. */
    public void start() {
        flows.start();
        flows.start(LastSeen.NAME, lastSeen::run);
    }

    /** Those that can be built anew, by name: what facts alone make. */
    public Map<String, ReadModel> models() {
        return Map.of(
                InstanceProjection.NAME, InstanceProjection.model(),
                AuditProjection.NAME, AuditProjection.model(),
                ConfigurationProjection.NAME, ConfigurationProjection.model());
    }

    /** What they fold. */
    public StoreAccess store() {
        return store;
    }

    public WatermarkTracker watermarks() {
        return flows.watermarks();
    }

    public DeadLetterQueue parkedFacts() {
        return flows.parkedFacts();
    }

    /** How they are, one by one. Blocks. */
    public List<ProjectionStatus> status() {
        return flows.status();
    }

    /** Ends what {@link #start} began. Processors are to be shut down before. */
    @Override
    public void close() {
        flows.close();
    }
}
