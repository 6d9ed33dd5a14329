package dev.aicore.discovery.projection;

import dev.aicore.discovery.config.eventstore.FactStream;
import dev.aicore.discovery.config.eventstore.StoreReader;
import dev.aicore.discovery.config.eventstore.StoreWatch;
import dev.aicore.discovery.config.eventstore.TimedConnections;
import dev.aicore.discovery.config.metrics.Family;
import dev.aicore.discovery.config.metrics.Family.Kind;
import dev.aicore.discovery.config.readmodel.PublishedPositions;
import dev.aicore.discovery.config.redis.RedisConfiguration;
import dev.aicore.discovery.config.redis.RedisConnections;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.status.ReadinessProbe;
import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.cache.ChangedServices;
import dev.aicore.discovery.projection.cache.Publication;
import dev.aicore.discovery.projection.flow.StoreAccess;
import java.util.Objects;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The projections of a node, run by Axon. */
@Configuration(proxyBeanMethods = false)
@Import({ModelConfiguration.class, RedisConfiguration.class})
public class ProjectionConfiguration {

    @Bean(initMethod = "start")
    Projections projections(
            ModelMigration migrated,
            FactStream facts,
            StoreReader store,
            StoreWatch watch,
            PublishedPositions positions,
            TokenStore tokens,
            ConnectionProvider connections,
            TransactionManager transactions,
            DataSource database,
            EventStoreSettings eventStore,
            ProjectionSettings settings,
            ChangedServices changed) {
        var timed = new TimedConnections(database, eventStore.readTimeout());
        return new Projections(
                new StoreAccess(
                        facts,
                        () -> Objects.requireNonNullElseGet(watch.head(), store::head),
                        tokens,
                        connections,
                        transactions,
                        timed,
                        database,
                        positions),
                settings,
                Projections.folds(),
                changed);
    }

    @Bean
    PublishedPositions publishedPositions() {
        return PublishedPositions.fed();
    }

    @Bean
    ChangedServices changedServices() {
        return new ChangedServices(ChangedServices.MOST);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Publication publication(
            ChangedServices changed,
            Projections projections,
            ObjectProvider<RedisConnections> redis,
            DiscoverySettings discovery,
            TimeSource time,
            Ids ids,
            RandomGenerator random) {
        var connections = redis.getIfAvailable();
        var database = projections.store().timed();
        return connections == null
                ? Publication.byNotify(changed, projections.watermarks(), database)
                : Publication.toRedis(
                        changed,
                        projections.watermarks(),
                        database,
                        connections,
                        discovery.refreshInterval(),
                        time,
                        ids,
                        random);
    }

    @Bean
    ConfigurerModule projectionProcessors(Projections projections) {
        return configurer -> projections.register(configurer.eventProcessing());
    }

    @Bean(destroyMethod = "close")
    ProjectionWatch projectionWatch(Projections projections) {
        return new ProjectionWatch(projections);
    }

    @Bean
    Family parkedFacts(ProjectionWatch watch) {
        return new Family(
                "service_discovery_parked_facts",
                Kind.GAUGE,
                "Facts that a projection couldn't fold, and those that wait for them.",
                watch::parkedFacts);
    }

    @Bean
    ReadinessProbe projectionProbe(ProjectionWatch watch) {
        return ReadinessProbe.of("projections", watch::whyNotReady);
    }
}
