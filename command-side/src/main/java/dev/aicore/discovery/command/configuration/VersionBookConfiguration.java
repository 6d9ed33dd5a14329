package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.config.axon.Handed;
import dev.aicore.discovery.config.axon.LoadingRepository;
import dev.aicore.discovery.config.axon.StrongCache;
import dev.aicore.discovery.config.eventstore.EventPages;
import dev.aicore.discovery.config.eventstore.StoreReader;
import dev.aicore.discovery.config.eventstore.wire.SnapshotCodec;
import dev.aicore.discovery.config.time.TimeSource;
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

/** The book of configurations on the command bus, kept in memory, with snapshots, and the routes that write in it. */
@Configuration(proxyBeanMethods = false)
public class VersionBookConfiguration {

    /** A start reads at most so many events behind the snapshot, each of at most some 64 KiB. */
    private static final int EVENTS_BETWEEN_SNAPSHOTS = 500;

    @Bean
    SnapshotCodec<VersionBook> versionBookSnapshots() {
        return BookSnapshot.codec();
    }

    /** Beans, since the snapshotter finds what handlers take among them. */
    @Bean
    Contents versionBookContents(EventPages pages) {
        return new StoredContents(pages);
    }

    @Bean
    SchemaChecks schemaChecks() {
        return new JsonSchemas();
    }

    @Bean
    EventSourcingRepository<VersionBook> versionBookRepository(
            EventStore eventStore, Snapshotter snapshotter, Contents contents, SchemaChecks checks) {
        return new LoadingRepository<>(EventSourcingRepository.builder(VersionBook.class)
                .eventStore(eventStore)
                .cache(new StrongCache())
                .parameterResolverFactory(Handed.to(VersionBook.class, contents, checks))
                .snapshotTriggerDefinition(
                        new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_BETWEEN_SNAPSHOTS)));
    }

    @Bean
    AggregateAnnotationCommandHandler<VersionBook> versionBookHandler(
            Repository<VersionBook> repository, Contents contents, SchemaChecks checks) {
        return AggregateAnnotationCommandHandler.<VersionBook>builder()
                .aggregateType(VersionBook.class)
                .repository(repository)
                .parameterResolverFactory(Handed.to(VersionBook.class, contents, checks))
                .build();
    }

    @Bean(destroyMethod = "cancel")
    Registration versionBookSubscription(AggregateAnnotationCommandHandler<VersionBook> handler, CommandBus bus) {
        bus.registerHandlerInterceptor(new WriteKeyInterceptor());
        return handler.subscribe(bus);
    }

    @Bean
    ConfigurationDesk configurationDesk(CommandBus bus, Registration versionBookSubscription, StoreReader store) {
        return new ConfigurationDesk(bus, () -> store.head().position());
    }

    @Bean
    ConfigurationWrites configurationWrites(ConfigurationDesk desk, Once once) {
        return new ConfigurationWrites(desk, once);
    }

    @Bean
    ConfigurationController configurationController(ConfigurationWrites writes, TimeSource time) {
        return new ConfigurationController(writes, time);
    }

    @Bean
    SchemaController schemaController(ConfigurationWrites writes, TimeSource time) {
        return new SchemaController(writes, time);
    }
}
