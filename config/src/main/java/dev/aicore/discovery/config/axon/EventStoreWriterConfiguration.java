package dev.aicore.discovery.config.axon;

import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.config.eventstore.AppendLane;
import dev.aicore.discovery.config.eventstore.AppendListener;
import dev.aicore.discovery.config.eventstore.KeyExpiry;
import dev.aicore.discovery.config.eventstore.LaneConnections;
import dev.aicore.discovery.config.eventstore.ReceiptInterceptor;
import dev.aicore.discovery.config.eventstore.StoreMigration;
import dev.aicore.discovery.config.eventstore.StoreOwner;
import dev.aicore.discovery.config.eventstore.StoredKeys;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.IdempotencySettings;
import java.sql.SQLException;
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
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Writing to the event store: the command side's part, in one process at a time. Import it beside {@link EventStoreConfiguration}. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
public class EventStoreWriterConfiguration {

    private static final int MOST_SECONDS_AT_THE_END = 5;

    /** Claims the store while the context starts; nothing that writes is ready before. */
    @Bean(initMethod = "start")
    AppendLane appendLane(
            DataSource pool, StoreMigration migrated, StoreOwner owner, ObjectProvider<EventStoreSettings> configured)
            throws SQLException {
        var settings = configured.getIfAvailable(EventStoreSettings::defaults);
        var hikari = pool.unwrap(HikariDataSource.class);
        var connections = LaneConnections.to(hikari.getJdbcUrl(), hikari.getUsername(), hikari.getPassword(), settings);
        return new AppendLane(connections, owner.name(), settings);
    }

    @Bean
    StoredKeys storedKeys(DataSource pool, StoreMigration migrated, ObjectProvider<IdempotencySettings> configured) {
        var settings = configured.getIfAvailable(IdempotencySettings::defaults);
        return new StoredKeys(pool, settings.idempotencyRetention());
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

    /** Ends before the pool of connections does, which is waited for: what takes longer comes after the next start. */
    @Bean
    ThreadPoolTaskExecutor snapshotExecutor(StoreMigration migrated) {
        var executor = new ThreadPoolTaskExecutor();
        executor.setMaxPoolSize(1);
        executor.setDaemon(true);
        executor.setThreadNamePrefix("snapshotter-");
        // Those who write go on for as long as the web server lets them.
        executor.setAcceptTasksAfterContextClose(true);
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationSeconds(MOST_SECONDS_AT_THE_END);
        return executor;
    }

    /** On a thread of its own: the default takes the command's. */
    @Bean
    SpringAggregateSnapshotter aggregateSnapshotter(
            Configuration axon,
            HandlerDefinition handlers,
            ParameterResolverFactory parameters,
            EventStore eventStore,
            TransactionManager transactions,
            @Qualifier("snapshotExecutor") ThreadPoolTaskExecutor executor) {
        return SpringAggregateSnapshotter.builder()
                .repositoryProvider(axon::repository)
                .transactionManager(transactions)
                .eventStore(eventStore)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .executor(executor)
                .build();
    }
}
