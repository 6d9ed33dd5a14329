package dev.aicore.discovery.command.access;

import dev.aicore.discovery.access.ApiKeyRegistry;
import dev.aicore.discovery.access.FirstUseRecorder;
import dev.aicore.discovery.access.RoleResolver;
import dev.aicore.discovery.api.access.ApiKeyCommand.RecordFirstUse;
import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import dev.aicore.discovery.command.batching.OwnershipGuard;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.time.SecretGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.ApiKeyEventSubscriber;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.axon.AggregateCaches;
import dev.aicore.discovery.eventstore.axon.LoadingRepository;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the aggregate of API keys on the command bus, with a cache, and its routes. */
@Configuration(proxyBeanMethods = false)
public class ApiKeyConfiguration {

    @Bean
    EventSourcingRepository<ApiKeyAggregate> apiKeyRepository(EventStore eventStore, AggregateCaches caches) {
        return new LoadingRepository<>(EventSourcingRepository.builder(ApiKeyAggregate.class)
                .eventStore(eventStore)
                .cache(caches.of(ApiKeyAggregate.class)));
    }

    @Bean
    AggregateAnnotationCommandHandler<ApiKeyAggregate> apiKeyCommandHandler(Repository<ApiKeyAggregate> repository) {
        return AggregateAnnotationCommandHandler.<ApiKeyAggregate>builder()
                .aggregateType(ApiKeyAggregate.class)
                .repository(repository)
                .build();
    }

    @Bean(destroyMethod = "cancel")
    Registration apiKeyCommandSubscription(AggregateAnnotationCommandHandler<ApiKeyAggregate> handler, CommandBus bus) {
        return handler.subscribe(bus);
    }

    @Bean
    ApiKeyService apiKeyService(
            CommandBus bus,
            SingleWriterAppender appender,
            AggregateCaches caches,
            Registration apiKeyCommandSubscription,
            ApiKeyEventSubscriber facts,
            ApiKeyRegistry keys,
            SecretGenerator secretGenerator) {
        var ownershipGuard = new OwnershipGuard(appender::requireOwnership, () -> {
            caches.of(ApiKeyAggregate.class).removeAll();
            facts.catchUp();
        });
        return new ApiKeyService(bus, ownershipGuard, facts::catchUp, keys::isKnown, secretGenerator);
    }

    /**
     * Records the first use of each key as an event. No caller waits for it; if it can't be recorded now, it is
     * recorded at a later use of the key.
     */
    @Bean
    SmartInitializingSingleton firstUseRecording(FirstUseRecorder uses, ApiKeyService service, TimeSource time) {
        return () -> uses.recordWith((keyId, caller) -> service.execute(
                new RecordFirstUse(ApiKeyStream.NAME, keyId, time.now(), EventMetadataFactory.of(caller, null))));
    }

    @Bean
    SessionController sessionController(ApiKeyService service, TimeSource time) {
        return new SessionController(service, time);
    }

    @Bean
    ApiKeyController apiKeyController(ApiKeyService service, RoleResolver roleResolver, TimeSource time) {
        return new ApiKeyController(service, roleResolver, time);
    }
}
