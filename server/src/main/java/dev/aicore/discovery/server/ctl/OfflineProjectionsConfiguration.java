package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.config.settings.DecisionSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.StoreMigration;
import dev.aicore.discovery.eventstore.StoreRepair;
import dev.aicore.discovery.eventstore.WriterId;
import dev.aicore.discovery.eventstore.axon.EventStoreConfiguration;
import dev.aicore.discovery.eventstore.wire.WireSerializer;
import dev.aicore.discovery.projection.ProjectionConfiguration;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.bundle.BundleExporter;
import dev.aicore.discovery.projection.rebuild.RebuildService;
import javax.sql.DataSource;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Wires the projections of a server and their administration, without a web server. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    SettingsConfiguration.class,
    TimeConfiguration.class,
    EventStoreConfiguration.class,
    ProjectionConfiguration.class
})
class OfflineProjectionsConfiguration {

    /** Property with the owner name of the projections' claims; absent if the owner is this process. */
    static final String OWNER = "spring.service-discovery-ctl.owner";

    @Bean
    WriterId writerId(Environment environment, IdGenerator idGenerator) {
        return new WriterId(environment.getProperty(OWNER, "ctl-" + idGenerator.next()));
    }

    @Bean(destroyMethod = "close")
    RebuildService rebuildService(ProjectionRuntime projectionRuntime, TimeSource time) {
        return new RebuildService(
                projectionRuntime.store(),
                projectionRuntime.models(),
                projectionRuntime.watermarks(),
                projectionRuntime::hasFailed,
                RebuildService.BATCH,
                time);
    }

    @Bean
    StoreRepair storeRepair(
            DataSource database, StoreMigration migration, WireSerializer serializer, EventUpcasterChain upcasters) {
        return new StoreRepair(database, serializer, upcasters);
    }

    @Bean
    BundleExporter bundleExporter(ProjectionRuntime projectionRuntime, TimeSource time, Environment environment) {
        return new BundleExporter(
                projectionRuntime.store(),
                projectionRuntime.models().keySet(),
                projectionRuntime.watermarks(),
                time,
                DecisionSettings.of(environment));
    }
}
