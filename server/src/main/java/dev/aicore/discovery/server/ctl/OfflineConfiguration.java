package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.config.axon.EventStoreConfiguration;
import dev.aicore.discovery.config.eventstore.StoreMigration;
import dev.aicore.discovery.config.eventstore.StoreOwner;
import dev.aicore.discovery.config.eventstore.StoreRepair;
import dev.aicore.discovery.config.eventstore.wire.WireSerializer;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.TimeConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.ProjectionConfiguration;
import dev.aicore.discovery.projection.Projections;
import dev.aicore.discovery.projection.bundle.Exports;
import dev.aicore.discovery.projection.rebuild.Rebuilds;
import javax.sql.DataSource;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The projections of a server, and what works on them, without the web: nobody can reach this process. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    SettingsConfiguration.class,
    TimeConfiguration.class,
    EventStoreConfiguration.class,
    ProjectionConfiguration.class
})
class OfflineConfiguration {

    /** Names the owner of the projections' claims, where it isn't a name of its own. */
    static final String OWNER = "spring.service-discovery-ctl.owner";

    @Bean
    StoreOwner storeOwner(Environment environment, Ids ids) {
        return new StoreOwner(environment.getProperty(OWNER, "ctl-" + ids.next()));
    }

    @Bean(destroyMethod = "close")
    Rebuilds rebuilds(Projections projections, TimeSource time) {
        return new Rebuilds(projections.store(), projections.models(), projections.watermarks(), Rebuilds.BATCH, time);
    }

    @Bean
    StoreRepair storeRepair(
            DataSource database, StoreMigration migrated, WireSerializer serializer, EventUpcasterChain upcasters) {
        return new StoreRepair(database, serializer, upcasters);
    }

    @Bean
    Exports exports(Projections projections, TimeSource time) {
        return new Exports(projections.store(), projections.models().keySet(), projections.watermarks(), time);
    }
}
