package dev.aicore.discovery.config.axon;

import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.eventstore.Appender;
import dev.aicore.discovery.config.eventstore.EventPages;
import dev.aicore.discovery.config.eventstore.EventStream;
import dev.aicore.discovery.config.eventstore.FactStream;
import dev.aicore.discovery.config.eventstore.NewEntry;
import dev.aicore.discovery.config.eventstore.PostgresEventStorageEngine;
import dev.aicore.discovery.config.eventstore.Reads;
import dev.aicore.discovery.config.eventstore.Receipt;
import dev.aicore.discovery.config.eventstore.StoreMigration;
import dev.aicore.discovery.config.eventstore.StoreReader;
import dev.aicore.discovery.config.eventstore.StoreWatch;
import dev.aicore.discovery.config.eventstore.TimedConnections;
import dev.aicore.discovery.config.eventstore.wire.SnapshotCodec;
import dev.aicore.discovery.config.eventstore.wire.SnapshotSerializer;
import dev.aicore.discovery.config.eventstore.wire.Upcasters;
import dev.aicore.discovery.config.eventstore.wire.WireRegistry;
import dev.aicore.discovery.config.eventstore.wire.WireSerializer;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Reading the event store: what every process needs. A process that writes imports {@link EventStoreWriterConfiguration} too; in
 * any other, appends are refused.
 *
 * <p>Needs a {@link DataSource} and a {@link dev.aicore.discovery.config.eventstore.StoreOwner}. Takes, if they are there, {@link EventStoreSettings} and {@link SnapshotCodec}s.
 */
@Configuration(proxyBeanMethods = false)
@Import({TransactionConfiguration.class, StoreWiringCheck.class})
public class EventStoreConfiguration {

    private static final Duration SAFETY_INTERVAL = Duration.ofSeconds(1);

    /** The store's tables are there before anything that needs the store. */
    @Bean
    StoreMigration storeMigration(DataSource pool, ObjectProvider<EventStoreSettings> settings) {
        var migration = new StoreMigration(pool, settings.getIfAvailable(EventStoreSettings::defaults));
        migration.migrate();
        return migration;
    }

    @Bean
    Reads storeReads(DataSource pool, StoreMigration migrated, ObjectProvider<EventStoreSettings> settings) {
        return new Reads(new TimedConnections(
                pool, settings.getIfAvailable(EventStoreSettings::defaults).readTimeout()));
    }

    @Bean
    StoreReader storeReader(Reads reads) {
        return new StoreReader(reads);
    }

    @Bean
    @Qualifier("eventSerializer")
    WireSerializer eventSerializer() {
        return new WireSerializer(new WireRegistry(WireTypes.ALL));
    }

    @Bean
    EventUpcasterChain eventUpcasterChain() {
        return Upcasters.chain();
    }

    @Bean(initMethod = "start")
    StoreWatch storeWatch(StoreReader store, ObjectProvider<EventStoreSettings> settings, BeanFactory beans) {
        var interval = settings.getIfAvailable(EventStoreSettings::defaults).watchInterval();
        // A process that writes hears of its appends, and no other one appends meanwhile.
        boolean isWriter = beans.containsBean(EventStoreWriterConfiguration.LANE);
        return new StoreWatch(store, isWriter ? longer(interval, SAFETY_INTERVAL) : interval);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Bean
    EventPages eventPages(Reads reads, WireSerializer serializer, EventUpcasterChain upcasters) {
        return new EventPages(reads, serializer, upcasters);
    }

    @Bean
    FactStream factStream(
            EventPages pages, StoreReader store, StoreWatch watch, ObjectProvider<EventStoreSettings> settings) {
        return new FactStream(pages, store, watch, settings.getIfAvailable(EventStoreSettings::defaults));
    }

    @Bean
    EventStream eventStream(
            EventPages pages, StoreReader store, StoreWatch watch, ObjectProvider<EventStoreSettings> settings) {
        return new EventStream(pages, store, watch, settings.getIfAvailable(EventStoreSettings::defaults));
    }

    @Bean
    PostgresEventStorageEngine eventStorageEngine(
            Reads reads,
            ObjectProvider<Appender> appender,
            WireSerializer serializer,
            ObjectProvider<SnapshotCodec<?>> codecs,
            EventUpcasterChain upcasters,
            ObjectProvider<EventStoreSettings> settings) {
        return new PostgresEventStorageEngine(
                reads,
                appender.getIfAvailable(() -> EventStoreConfiguration::refuse),
                serializer,
                new SnapshotSerializer(List.copyOf(codecs.orderedStream().toList())),
                upcasters,
                settings.getIfAvailable(EventStoreSettings::defaults));
    }

    @Bean(name = "eventStore", destroyMethod = "shutDown")
    @Qualifier("eventStore")
    EmbeddedEventStore eventStore(EventStorageEngine engine, EventStream stream) {
        return new RegistryEventStore(engine, stream);
    }

    /** None: it would cost 110 bytes an event, and the envelope tells more. */
    @Bean
    CorrelationDataProvider noCorrelationData() {
        return new SimpleCorrelationDataProvider();
    }

    private static Receipt refuse(List<NewEntry> events) {
        throw new IllegalStateException("This process doesn't write to the event store: the command side does.");
    }
}
