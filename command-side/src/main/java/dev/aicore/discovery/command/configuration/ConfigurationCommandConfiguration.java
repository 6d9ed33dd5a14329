package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.command.batching.OwnershipGuard;
import dev.aicore.discovery.command.configuration.ConfigurationAggregate.ContentReader;
import dev.aicore.discovery.command.configuration.ConfigurationAggregate.SchemaValidator;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.EventPageReader;
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

/** Configures the aggregate of configurations on the command bus, with a cache and snapshots, and its routes. */
@Configuration(proxyBeanMethods = false)
public class ConfigurationCommandConfiguration {

    /** Maximum number of events after a snapshot that a start reads, each of up to about 64 KiB. */
    private static final int EVENTS_BETWEEN_SNAPSHOTS = 500;

    @Bean
    SnapshotCodec<ConfigurationAggregate> configurationSnapshotCodec() {
        return ConfigurationSnapshotCodec.codec();
    }

    /** Bean, because the snapshotter resolves the parameters of the handlers from the beans. */
    @Bean
    ContentReader contentReader(EventPageReader pages) {
        return new StoredContentReader(pages);
    }

    @Bean
    SchemaValidator schemaValidator() {
        return new JsonSchemaValidator();
    }

    @Bean
    EventSourcingRepository<ConfigurationAggregate> configurationRepository(
            EventStore eventStore,
            Snapshotter snapshotter,
            ContentReader contentReader,
            SchemaValidator schemaValidator,
            AggregateCaches caches) {
        return new LoadingRepository<>(EventSourcingRepository.builder(ConfigurationAggregate.class)
                .eventStore(eventStore)
                .cache(caches.of(ConfigurationAggregate.class))
                .parameterResolverFactory(
                        ParameterResolverFactories.to(ConfigurationAggregate.class, contentReader, schemaValidator))
                .snapshotTriggerDefinition(
                        new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_BETWEEN_SNAPSHOTS)));
    }

    @Bean
    AggregateAnnotationCommandHandler<ConfigurationAggregate> configurationCommandHandler(
            Repository<ConfigurationAggregate> repository,
            ContentReader contentReader,
            SchemaValidator schemaValidator) {
        return AggregateAnnotationCommandHandler.<ConfigurationAggregate>builder()
                .aggregateType(ConfigurationAggregate.class)
                .repository(repository)
                .parameterResolverFactory(
                        ParameterResolverFactories.to(ConfigurationAggregate.class, contentReader, schemaValidator))
                .build();
    }

    @Bean(destroyMethod = "cancel")
    Registration configurationCommandSubscription(
            AggregateAnnotationCommandHandler<ConfigurationAggregate> handler, CommandBus bus) {
        return handler.subscribe(bus);
    }

    @Bean
    ConfigurationService configurationService(
            CommandBus bus,
            SingleWriterAppender appender,
            AggregateCaches caches,
            Registration configurationCommandSubscription,
            StoreReader store) {
        return new ConfigurationService(
                bus,
                new OwnershipGuard(appender::requireOwnership, caches.of(ConfigurationAggregate.class)::removeAll),
                () -> store.head().position());
    }

    @Bean
    ConfigurationCommandExecutor configurationCommandExecutor(
            ConfigurationService configurationService, IdempotentExecutor executor) {
        return new ConfigurationCommandExecutor(configurationService, executor);
    }

    @Bean
    ConfigurationWriter configurationWriter(
            ConfigurationService configurationService, IdempotentExecutor executor, TimeSource time) {
        return new ConfigurationWriter(configurationService, executor, time);
    }

    @Bean
    ConfigurationController configurationController(ConfigurationCommandExecutor executor, TimeSource time) {
        return new ConfigurationController(executor, time);
    }

    @Bean
    SchemaController schemaController(ConfigurationCommandExecutor executor, TimeSource time) {
        return new SchemaController(executor, time);
    }
}
