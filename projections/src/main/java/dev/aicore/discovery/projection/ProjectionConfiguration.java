package dev.aicore.discovery.projection;

import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.status.ReadinessIndicator;
import dev.aicore.discovery.config.telemetry.MetricFamily;
import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.FactMessageSource;
import dev.aicore.discovery.eventstore.HeadPoller;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.eventstore.TimeoutDataSource;
import dev.aicore.discovery.projection.cache.ChangePublication;
import dev.aicore.discovery.projection.cache.ChangedServiceQueue;
import dev.aicore.discovery.projection.processing.StoreAccess;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import dev.aicore.discovery.readmodel.cache.RedisConfiguration;
import dev.aicore.discovery.readmodel.cache.RedisConnections;
import java.util.Objects;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the projections of a node, which Axon runs. */
@Configuration(proxyBeanMethods = false)
@Import({ReadModelConfiguration.class, RedisConfiguration.class})
public class ProjectionConfiguration {

    @Bean(initMethod = "start")
    ProjectionRuntime projectionRuntime(
            ReadModelMigration migration,
            FactMessageSource facts,
            StoreReader store,
            HeadPoller headPoller,
            LocalWatermarks watermarks,
            TokenStore tokens,
            ConnectionProvider connections,
            TransactionManager transactions,
            DataSource database,
            EventStoreSettings eventStore,
            ProjectionSettings settings,
            ChangedServiceQueue changed,
            ObjectProvider<SingleWriterAppender> appender,
            ObjectProvider<TraceRecorder> tracing) {
        var dataSource = new TimeoutDataSource(database, eventStore.readTimeout());
        var projectionRuntime = new ProjectionRuntime(
                new StoreAccess(
                        facts,
                        () -> Objects.requireNonNullElseGet(headPoller.head(), store::head),
                        tokens,
                        connections,
                        transactions,
                        dataSource,
                        database,
                        eventStore.lease(),
                        watermarks),
                settings,
                ProjectionRuntime.folds(),
                changed);
        if (appender.getIfAvailable() != null) {
            projectionRuntime.deactivate();
        }
        tracing.ifAvailable(projectionRuntime::traceWith);
        return projectionRuntime;
    }

    /** Absent in a process that never owns the store: its projections always run. */
    @Bean(initMethod = "start")
    @Nullable
    ProjectionOwnership projectionOwnership(
            ProjectionRuntime projectionRuntime, ObjectProvider<SingleWriterAppender> appender) {
        var writer = appender.getIfAvailable();
        return writer == null ? null : new ProjectionOwnership(projectionRuntime, writer);
    }

    @Bean
    LocalWatermarks localWatermarks() {
        return LocalWatermarks.fed();
    }

    @Bean
    ChangedServiceQueue changedServiceQueue() {
        return new ChangedServiceQueue(ChangedServiceQueue.MAX_SERVICES);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ChangePublication changePublication(
            ChangedServiceQueue changed,
            ProjectionRuntime projectionRuntime,
            ObjectProvider<RedisConnections> redis,
            DiscoverySettings discovery,
            TimeSource time,
            IdGenerator idGenerator,
            RandomGenerator random) {
        var connections = redis.getIfAvailable();
        var database = projectionRuntime.store().timed();
        return connections == null
                ? ChangePublication.byNotify(changed, projectionRuntime.watermarks(), database)
                : ChangePublication.toRedis(
                        changed,
                        projectionRuntime.watermarks(),
                        database,
                        connections,
                        discovery.refreshInterval(),
                        time,
                        idGenerator,
                        random,
                        projectionRuntime::isActive);
    }

    @Bean
    ConfigurerModule projectionProcessors(ProjectionRuntime projectionRuntime) {
        return configurer -> projectionRuntime.register(configurer.eventProcessing());
    }

    @Bean(destroyMethod = "close")
    ProjectionStatusPoller projectionStatusPoller(ProjectionRuntime projectionRuntime) {
        return new ProjectionStatusPoller(projectionRuntime);
    }

    @Bean
    MetricFamily parkedFacts(ProjectionStatusPoller poller) {
        return new MetricFamily(
                "service_discovery_parked_facts",
                Kind.GAUGE,
                "Facts that a projection could not fold, and later facts of the same sequences.",
                poller::parkedFacts);
    }

    @Bean
    ReadinessIndicator projectionReadinessIndicator(ProjectionStatusPoller poller) {
        return ReadinessIndicator.of("projections", poller::notReadyReason);
    }
}
