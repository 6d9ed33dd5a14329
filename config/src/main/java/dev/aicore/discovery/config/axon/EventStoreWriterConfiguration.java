package dev.aicore.discovery.config.axon;

import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.config.eventstore.AppendLane;
import dev.aicore.discovery.config.eventstore.AppendListener;
import dev.aicore.discovery.config.eventstore.KeyExpiry;
import dev.aicore.discovery.config.eventstore.LaneConnections;
import dev.aicore.discovery.config.eventstore.Reads;
import dev.aicore.discovery.config.eventstore.ReceiptInterceptor;
import dev.aicore.discovery.config.eventstore.SpaceWatch;
import dev.aicore.discovery.config.eventstore.StoreMigration;
import dev.aicore.discovery.config.eventstore.StoreOwner;
import dev.aicore.discovery.config.eventstore.StoreVolume;
import dev.aicore.discovery.config.eventstore.StoredKeys;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.IdempotencySettings;
import dev.aicore.discovery.config.settings.SpaceSettings;
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

/** Writing to the event store: the command side's part, in one process at a time. Import it beside {@link EventStoreConfiguration}. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
public class EventStoreWriterConfiguration {

    /** Name of the bean that appends. */
    static final String LANE = "appendLane";

    private static final Duration LONGEST_SNAPSHOT_AT_THE_END = Duration.ofSeconds(5);

    /** Claims the store while the context starts; nothing that writes is ready before. */
    @Bean(name = LANE, initMethod = "start")
    AppendLane appendLane(
            DataSource pool, StoreMigration migrated, StoreOwner owner, ObjectProvider<EventStoreSettings> configured)
            throws SQLException {
        var settings = configured.getIfAvailable(EventStoreSettings::defaults);
        var hikari = pool.unwrap(HikariDataSource.class);
        var connections = LaneConnections.to(hikari.getJdbcUrl(), hikari.getUsername(), hikari.getPassword(), settings);
        return new AppendLane(connections, owner.name(), settings);
    }

    /** Watches nothing where the files of the database are on another machine. */
    @Bean
    SpaceWatch spaceWatch(
            AppendLane lane, ObjectProvider<StoreVolume> volume, ObjectProvider<SpaceSettings> configured) {
        var minFree =
                configured.stream().findFirst().map(SpaceSettings::minFreeSpace).orElse(DataSize.ofBytes(0));
        return new SpaceWatch(lane, volume.getIfAvailable(() -> () -> Long.MAX_VALUE), minFree);
    }

    /** Not before the shards have recorded that the registry started: a start on a full volume serves reads. */
    @Bean
    SmartInitializingSingleton spaceWatching(SpaceWatch watch) {
        return watch::start;
    }

    @Bean
    StoredKeys storedKeys(Reads reads, ObjectProvider<IdempotencySettings> configured) {
        var settings = configured.getIfAvailable(IdempotencySettings::defaults);
        return new StoredKeys(reads, settings.idempotencyRetention());
    }

    @Bean(initMethod = "start")
    KeyExpiry keyExpiry(StoredKeys keys) {
        return new KeyExpiry(keys);
    }

    /** Every {@link AppendListener} among the beans hears of the lane, once all beans are there: some of them need the lane. */
    @Bean
    SmartInitializingSingleton laneListeners(AppendLane lane, ObjectProvider<AppendListener> listeners) {
        return () -> listeners.orderedStream().forEach(lane::addListener);
    }

    /** Without transactions: the lane has its own, and a handler that only decides needs none. */
    @Bean
    @Qualifier("localSegment")
    CommandBus commandBus() {
        var bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.instance())
                .build();
        bus.registerHandlerInterceptor(new ReceiptInterceptor());
        return bus;
    }

    @Bean
    StrongCache shardCache() {
        return new StrongCache();
    }

    /** Ends before the pool of connections does, which is waited for. */
    @Bean
    SnapshotThread snapshotThread(StoreMigration migrated) {
        return new SnapshotThread(LONGEST_SNAPSHOT_AT_THE_END);
    }

    /** On a thread of its own: the default takes the command's. */
    @Bean
    SpringAggregateSnapshotter aggregateSnapshotter(
            Configuration axon,
            HandlerDefinition handlers,
            ParameterResolverFactory parameters,
            EventStore eventStore,
            TransactionManager transactions,
            SnapshotThread thread) {
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
