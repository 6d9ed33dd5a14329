package dev.aicore.discovery.eventstore.axon;

import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.EventStoreSettings.SpaceSettings;
import dev.aicore.discovery.config.settings.IdempotencySettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.eventstore.AppendListener;
import dev.aicore.discovery.eventstore.AppendResultInterceptor;
import dev.aicore.discovery.eventstore.AppenderDataSource;
import dev.aicore.discovery.eventstore.DiskSpaceMonitor;
import dev.aicore.discovery.eventstore.DiskSpaceMonitor.StoreVolume;
import dev.aicore.discovery.eventstore.HeadPoller;
import dev.aicore.discovery.eventstore.IdempotencyCleanup;
import dev.aicore.discovery.eventstore.IdempotencyStore;
import dev.aicore.discovery.eventstore.JdbcQueryRunner;
import dev.aicore.discovery.eventstore.NodeWatcher;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreMigration;
import dev.aicore.discovery.eventstore.WriterId;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;

/**
 * Defines the beans that write to the event store, for the command side. Of all processes that have them, one owns the
 * store at a time. Import it with {@link EventStoreConfiguration}.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
public class EventStoreWriterConfiguration {

    /** Name of the bean that appends. */
    static final String APPENDER = "eventAppender";

    /** Maximum time between two looks at the nodes, in case that the announcement of a change was lost. */
    private static final long LOOK_MILLIS = 1_000;

    private static final Duration SNAPSHOT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    /** Claims the store while the context starts, unless another node owns it. */
    @Bean(name = APPENDER, initMethod = "start")
    SingleWriterAppender singleWriterAppender(
            DataSource pool,
            StoreMigration migration,
            WriterId writerId,
            ObjectProvider<EventStoreSettings> configured,
            ObjectProvider<TimeSource> time)
            throws SQLException {
        var settings = configured.getIfAvailable(EventStoreSettings::defaults);
        return new SingleWriterAppender(
                connections(pool, settings), writerId.name(), settings, time.getIfAvailable(SystemTimeSource::new));
    }

    /** Doesn't look before it is started. Lets the appender claim the store when another node has released it. */
    @Bean
    NodeWatcher nodeWatcher(
            DataSource pool,
            SingleWriterAppender appender,
            WriterId writerId,
            ObjectProvider<EventStoreSettings> configured)
            throws SQLException {
        var settings = configured.getIfAvailable(EventStoreSettings::defaults);
        return new NodeWatcher(
                connections(pool, settings), writerId.name(), settings, LOOK_MILLIS, appender::claimSoon);
    }

    private static DataSource connections(DataSource pool, EventStoreSettings settings) throws SQLException {
        var hikari = pool.unwrap(HikariDataSource.class);
        return AppenderDataSource.to(hikari.getJdbcUrl(), hikari.getUsername(), hikari.getPassword(), settings);
    }

    /** Never suspends the appender without a {@link StoreVolume}: the database's files are on another machine then. */
    @Bean
    DiskSpaceMonitor diskSpaceMonitor(
            SingleWriterAppender appender,
            ObjectProvider<StoreVolume> volume,
            ObjectProvider<SpaceSettings> configured) {
        var minFree =
                configured.stream().findFirst().map(SpaceSettings::minFreeSpace).orElse(DataSize.ofBytes(0));
        return new DiskSpaceMonitor(appender, volume.getIfAvailable(() -> () -> Long.MAX_VALUE), minFree);
    }

    /**
     * Starts the monitor after the shards have recorded the start of the registry, so that the registry can start on a
     * full volume and serve reads.
     */
    @Bean
    SmartInitializingSingleton diskSpaceMonitorStarter(DiskSpaceMonitor monitor) {
        return monitor::start;
    }

    @Bean
    IdempotencyStore idempotencyStore(JdbcQueryRunner jdbcQueryRunner, ObjectProvider<IdempotencySettings> configured) {
        var settings = configured.getIfAvailable(IdempotencySettings::defaults);
        return new IdempotencyStore(jdbcQueryRunner, settings.idempotencyRetention());
    }

    @Bean(initMethod = "start")
    IdempotencyCleanup idempotencyCleanup(IdempotencyStore idempotencyStore) {
        return new IdempotencyCleanup(idempotencyStore);
    }

    /**
     * Adds every {@link AppendListener} bean to the appender once all beans exist, because some of them need the
     * appender.
     */
    @Bean
    SmartInitializingSingleton appendListenerRegistrar(
            SingleWriterAppender appender, HeadPoller headPoller, ObjectProvider<AppendListener> listeners) {
        return () -> {
            listeners.orderedStream().forEach(appender::addListener);
            headPoller.followOwner(() -> appender.claim() != 0);
        };
    }

    /** Handles commands without transactions: the appender has its own, and a handler that only decides needs none. */
    @Bean
    @Qualifier("localSegment")
    CommandBus commandBus() {
        var bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.instance())
                .build();
        bus.registerHandlerInterceptor(new AppendResultInterceptor());
        return bus;
    }

    @Bean
    AggregateCaches aggregateCaches() {
        return new AggregateCaches();
    }

    /** Holds the shards. */
    @Bean
    StrongCache shardCache() {
        return new StrongCache();
    }

    /**
     * Depends on the migration, so that it is closed before the connection pool. Closing waits for the running
     * snapshot.
     */
    @Bean
    SnapshotExecutor snapshotExecutor(StoreMigration migration) {
        return new SnapshotExecutor(SNAPSHOT_SHUTDOWN_TIMEOUT);
    }

    /** Creates snapshots on a thread of their own; by default Axon uses the thread of the command. */
    @Bean
    SpringAggregateSnapshotter aggregateSnapshotter(
            Configuration axon,
            HandlerDefinition handlers,
            ParameterResolverFactory parameters,
            EventStore eventStore,
            TransactionManager transactions,
            SnapshotExecutor thread) {
        return SpringAggregateSnapshotter.builder()
                .repositoryProvider(axon::repository)
                .transactionManager(transactions)
                .eventStore(eventStore)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .executor(thread)
                .build();
    }
}
