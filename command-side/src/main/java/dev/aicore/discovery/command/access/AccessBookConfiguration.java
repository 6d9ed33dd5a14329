package dev.aicore.discovery.command.access;

import dev.aicore.discovery.api.access.AccessBook;
import dev.aicore.discovery.api.access.NoteFirstUse;
import dev.aicore.discovery.command.instance.Envelopes;
import dev.aicore.discovery.config.access.FirstUses;
import dev.aicore.discovery.config.access.KeyRing;
import dev.aicore.discovery.config.access.Roles;
import dev.aicore.discovery.config.axon.LoadingRepository;
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
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The book of keys on the command bus, kept in memory, and the routes that write in it. */
@Configuration(proxyBeanMethods = false)
public class AccessBookConfiguration {

    @Bean
    EventSourcingRepository<KeyBook> keyBookRepository(EventStore eventStore) {
        return new LoadingRepository<>(EventSourcingRepository.builder(KeyBook.class)
                .eventStore(eventStore)
                .cache(new StrongCache()));
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
        return new KeyDesk(bus, facts::catchUp, keys::knows, secrets);
    }

    /** First uses are events, too. Nobody waits for one; what can't be told now is when the key is used again. */
    @Bean
    SmartInitializingSingleton firstUsesAreTold(FirstUses uses, KeyDesk desk, TimeSource time) {
        return () -> uses.tell((keyId, caller) ->
                desk.ask(new NoteFirstUse(AccessBook.NAME, keyId, time.now(), Envelopes.of(caller, null))));
    }

    @Bean
    KeysController keysController(KeyDesk desk, Roles roles, TimeSource time) {
        return new KeysController(desk, roles, time);
    }
}
