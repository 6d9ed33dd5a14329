package dev.aicore.discovery.server;

import dev.aicore.discovery.command.CommandConfiguration;
import dev.aicore.discovery.config.settings.ProcessSettings.ProcessTarget;
import dev.aicore.discovery.eventstore.axon.EventStoreWriterConfiguration;
import dev.aicore.discovery.projection.ProjectionConfiguration;
import dev.aicore.discovery.projection.axonserver.AxonServerConfiguration;
import dev.aicore.discovery.projection.bundle.BundleConfiguration;
import dev.aicore.discovery.projection.deadletter.DeadLetterConfiguration;
import dev.aicore.discovery.projection.rebuild.RebuildConfiguration;
import dev.aicore.discovery.query.QueryConfiguration;
import dev.aicore.discovery.readmodel.counts.CountStoreConfiguration;
import dev.aicore.discovery.ui.UiConfiguration;
import java.util.List;

/** Side of the registry that a process runs or leaves to other processes. */
enum Side {
    COMMAND(ProcessTarget.COMMAND, CommandConfiguration.class),
    PROJECTIONS(ProcessTarget.PROJECTIONS, ProjectionConfiguration.class),
    QUERY(ProcessTarget.QUERY, QueryConfiguration.class);

    private final ProcessTarget processTarget;
    private final Class<?> configuration;

    Side(ProcessTarget processTarget, Class<?> configuration) {
        this.processTarget = processTarget;
        this.configuration = configuration;
    }

    /** Returns the target that runs only this side. */
    ProcessTarget target() {
        return processTarget;
    }

    /** Returns the root package of this side. */
    String root() {
        return configuration.getPackageName();
    }

    /** Returns the configurations to import for this side: only the side that writes may claim the store. */
    List<Class<?>> configurations() {
        return switch (this) {
            case COMMAND -> List.of(EventStoreWriterConfiguration.class, configuration);
            case PROJECTIONS ->
                List.of(
                        configuration,
                        RebuildConfiguration.class,
                        DeadLetterConfiguration.class,
                        BundleConfiguration.class,
                        AxonServerConfiguration.class);
            case QUERY -> List.of(configuration, CountStoreConfiguration.class, UiConfiguration.class);
        };
    }
}
