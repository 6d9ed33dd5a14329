package dev.aicore.discovery.eventstore.axon;

import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.eventstore.EventAppender;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.EventMessageSource;
import dev.aicore.discovery.eventstore.EventPageReader;
import dev.aicore.discovery.eventstore.FactMessageSource;
import dev.aicore.discovery.eventstore.HeadPoller;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import dev.aicore.discovery.eventstore.JdbcQueryRunner;
import dev.aicore.discovery.eventstore.NewEvent;
import dev.aicore.discovery.eventstore.PostgresEventStorageEngine;
import dev.aicore.discovery.eventstore.StoreMigration;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.eventstore.TimeoutDataSource;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import dev.aicore.discovery.eventstore.wire.Upcasters;
import dev.aicore.discovery.eventstore.wire.WireSerializer;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Defines the beans that read the event store, which every process needs. A process that writes imports
 * {@link EventStoreWriterConfiguration} too; in any other process appends are refused.
 *
 * <p>Requires a {@link DataSource} and a {@link dev.aicore.discovery.eventstore.WriterId}. Uses
 * {@link EventStoreSettings} and {@link SnapshotCodec}s if they are defined.
 */
@Configuration(proxyBeanMethods = false)
@Import({TransactionConfiguration.class, StoreWiringCheck.class})
public class EventStoreConfiguration {

    /** Migrates the tables of the store before the beans that need them are created. */
    @Bean
    StoreMigration storeMigration(DataSource pool, ObjectProvider<EventStoreSettings> settings) {
        var migration = new StoreMigration(pool, settings.getIfAvailable(EventStoreSettings::defaults));
        migration.migrate();
        return migration;
    }

    @Bean
    JdbcQueryRunner jdbcQueryRunner(
            DataSource pool, StoreMigration migration, ObjectProvider<EventStoreSettings> settings) {
        return new JdbcQueryRunner(new TimeoutDataSource(
                pool, settings.getIfAvailable(EventStoreSettings::defaults).readTimeout()));
    }

    @Bean
    StoreReader storeReader(JdbcQueryRunner jdbcQueryRunner) {
        return new StoreReader(jdbcQueryRunner);
    }

    @Bean
    @Qualifier("eventSerializer")
    WireSerializer eventSerializer() {
        return new WireSerializer(new WireTypeRegistry(WireTypes.ALL));
    }

    @Bean
    EventUpcasterChain eventUpcasterChain() {
        return Upcasters.chain();
    }

    @Bean(initMethod = "start")
    HeadPoller headPoller(StoreReader store, ObjectProvider<EventStoreSettings> settings) {
        return new HeadPoller(
                store, settings.getIfAvailable(EventStoreSettings::defaults).watchInterval());
    }

    @Bean
    EventPageReader eventPageReader(
            JdbcQueryRunner jdbcQueryRunner, WireSerializer serializer, EventUpcasterChain upcasters) {
        return new EventPageReader(jdbcQueryRunner, serializer, upcasters);
    }

    @Bean
    FactMessageSource factMessageSource(
            EventPageReader pages,
            StoreReader store,
            HeadPoller headPoller,
            ObjectProvider<EventStoreSettings> settings) {
        return new FactMessageSource(pages, store, headPoller, settings.getIfAvailable(EventStoreSettings::defaults));
    }

    @Bean
    EventMessageSource eventMessageSource(
            EventPageReader pages,
            StoreReader store,
            HeadPoller headPoller,
            ObjectProvider<EventStoreSettings> settings) {
        return new EventMessageSource(pages, store, headPoller, settings.getIfAvailable(EventStoreSettings::defaults));
    }

    @Bean
    PostgresEventStorageEngine eventStorageEngine(
            JdbcQueryRunner jdbcQueryRunner,
            ObjectProvider<EventAppender> appender,
            WireSerializer serializer,
            ObjectProvider<SnapshotCodec<?>> codecs,
            EventUpcasterChain upcasters,
            ObjectProvider<EventStoreSettings> settings) {
        return new PostgresEventStorageEngine(
                jdbcQueryRunner,
                appender.getIfAvailable(() -> EventStoreConfiguration::rejectAppend),
                serializer,
                new SnapshotSerializer(List.copyOf(codecs.orderedStream().toList())),
                upcasters,
                settings.getIfAvailable(EventStoreSettings::defaults));
    }

    @Bean(name = "eventStore", destroyMethod = "shutDown")
    @Qualifier("eventStore")
    EmbeddedEventStore eventStore(EventStorageEngine engine, EventMessageSource messageSource) {
        return new RegistryEventStore(engine, messageSource);
    }

    /** Provides no correlation data: it would cost 110 bytes per event, and the event metadata has more. */
    @Bean
    CorrelationDataProvider noCorrelationData() {
        return new SimpleCorrelationDataProvider();
    }

    private static AppendResult rejectAppend(List<NewEvent> events, List<NewIdempotencyRecord> keys) {
        throw new IllegalStateException("This process doesn't write to the event store: the command side does.");
    }
}
