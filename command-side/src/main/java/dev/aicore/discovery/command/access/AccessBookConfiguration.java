package dev.aicore.discovery.command.access;

import dev.aicore.discovery.config.access.KeyRing;
import dev.aicore.discovery.config.access.Roles;
import dev.aicore.discovery.config.axon.StrongCache;
import dev.aicore.discovery.config.eventstore.AccessFacts;
import dev.aicore.discovery.config.time.Secrets;
import dev.aicore.discovery.config.time.TimeSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The book of keys on the command bus, kept in memory, and the routes that write in it. */
@Configuration(proxyBeanMethods = false)
public class AccessBookConfiguration {

    @Bean
    EventSourcingRepository<KeyBook> keyBookRepository(EventStore eventStore) {
        return EventSourcingRepository.builder(KeyBook.class)
                .eventStore(eventStore)
                .cache(new StrongCache())
                .build();
    }

    @Bean
    AggregateAnnotationCommandHandler<KeyBook> keyBookHandler(Repository<KeyBook> repository) {
        return AggregateAnnotationCommandHandler.<KeyBook>builder()
                .aggregateType(KeyBook.class)
                .repository(repository)
                .build();
    }

    @Bean(destroyMethod = "cancel")
    Registration keyBookSubscription(AggregateAnnotationCommandHandler<KeyBook> handler, CommandBus bus) {
        return handler.subscribe(bus);
    }

    @Bean
    KeyDesk keyDesk(
            CommandBus bus, Registration keyBookSubscription, AccessFacts facts, KeyRing keys, Secrets secrets) {
        return new KeyDesk(bus, facts, keys, secrets);
    }

    @Bean
    KeysController keysController(KeyDesk desk, Roles roles, TimeSource time) {
        return new KeysController(desk, roles, time);
    }
}
