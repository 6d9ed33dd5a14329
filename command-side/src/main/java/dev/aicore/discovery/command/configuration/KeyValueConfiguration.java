package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.command.batching.OwnershipGuard;
import dev.aicore.discovery.command.batching.SerialExecutor;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.config.settings.KeyValueSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.eventstore.axon.AggregateCaches;
import dev.aicore.discovery.eventstore.axon.LoadingRepository;
import dev.aicore.discovery.eventstore.axon.ParameterResolverFactories;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the aggregate of the key/value store on the command bus, with a cache and snapshots. */
@Configuration(proxyBeanMethods = false)
public class KeyValueConfiguration {

    /** Maximum number of events after a snapshot that a start reads, each of up to about 700 KB. */
    private static final int EVENTS_BETWEEN_SNAPSHOTS = 200;

    private static final int MAX_WAITING = 200;

    @Bean
    SnapshotCodec<KeyValueAggregate> keyValueSnapshotCodec() {
        return KeyValueSnapshotCodec.codec();
    }

    /** Bean, because the snapshotter resolves the parameters of the handlers from the beans. */
    @Bean
    KeyValueQuotaPolicy keyValueQuotaPolicy(KeyValueSettings settings) {
        return new KeyValueQuotaPolicy(settings);
    }

    @Bean
    EventSourcingRepository<KeyValueAggregate> keyValueRepository(
            EventStore eventStore, Snapshotter snapshotter, KeyValueQuotaPolicy quotaPolicy, AggregateCaches caches) {
        return new LoadingRepository<>(EventSourcingRepository.builder(KeyValueAggregate.class)
                .eventStore(eventStore)
                .cache(caches.of(KeyValueAggregate.class))
                .parameterResolverFactory(ParameterResolverFactories.to(KeyValueAggregate.class, quotaPolicy))
                .snapshotTriggerDefinition(
                        new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_BETWEEN_SNAPSHOTS)));
    }

    @Bean
    AggregateAnnotationCommandHandler<KeyValueAggregate> keyValueCommandHandler(
            Repository<KeyValueAggregate> repository, KeyValueQuotaPolicy quotaPolicy) {
        return AggregateAnnotationCommandHandler.<KeyValueAggregate>builder()
                .aggregateType(KeyValueAggregate.class)
                .repository(repository)
                .parameterResolverFactory(ParameterResolverFactories.to(KeyValueAggregate.class, quotaPolicy))
                .build();
    }

    @Bean(destroyMethod = "cancel")
    Registration keyValueCommandSubscription(
            AggregateAnnotationCommandHandler<KeyValueAggregate> handler, CommandBus bus) {
        return handler.subscribe(bus);
    }

    @Bean
    ConfigurationService keyValueService(
            CommandBus bus,
            SingleWriterAppender appender,
            AggregateCaches caches,
            Registration keyValueCommandSubscription,
            StoreReader store) {
        return new ConfigurationService(
                bus,
                new OwnershipGuard(appender::requireOwnership, caches.of(KeyValueAggregate.class)::removeAll),
                () -> store.head().position(),
                new SerialExecutor("key-value-service", MAX_WAITING, "changes of keys"));
    }

    @Bean
    KeyValueWriter keyValueWriter(ConfigurationService keyValueService, IdempotentExecutor executor, TimeSource time) {
        return new KeyValueWriter(keyValueService, executor, time);
    }
}
