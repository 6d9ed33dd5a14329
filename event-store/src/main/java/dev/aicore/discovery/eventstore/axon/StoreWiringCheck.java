package dev.aicore.discovery.eventstore.axon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Fails the start if a component stores nothing or commits nothing. Axon silently uses such components where no other
 * one is defined.
 */
class StoreWiringCheck implements SmartInitializingSingleton {

    private static final Set<Class<?>> FORBIDDEN_TYPES = Set.of(
            NoTransactionManager.class,
            SimpleEventBus.class,
            InMemoryTokenStore.class,
            InMemoryEventStorageEngine.class);

    private static final List<Class<?>> REQUIRED =
            List.of(TransactionManager.class, EventBus.class, TokenStore.class, EventStorageEngine.class);

    private final ListableBeanFactory beans;
    private final Configuration axon;

    StoreWiringCheck(ListableBeanFactory beans, Configuration axon) {
        this.beans = beans;
        this.axon = axon;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var wrong = new ArrayList<String>();
        for (var part : REQUIRED) {
            Map<String, ?> found = beans.getBeansOfType(part);
            if (found.isEmpty()) {
                wrong.add("there is no " + part.getSimpleName());
            }
            found.forEach((name, bean) -> check(wrong, "bean " + name, bean));
        }
        check(wrong, "Axon's event bus", axon.eventBus());
        check(wrong, "Axon's transaction manager", axon.getComponent(TransactionManager.class));
        check(wrong, "Axon's token store", axon.getComponent(TokenStore.class));
        axon.eventProcessingConfiguration().eventProcessors().keySet().forEach(processor -> {
            var processing = axon.eventProcessingConfiguration();
            check(wrong, "transactions of " + processor, processing.transactionManager(processor));
            check(wrong, "tokens of " + processor, processing.tokenStore(processor));
        });
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("The event store is not wired durably: " + String.join("; ", wrong) + ".");
        }
    }

    private static void check(List<String> wrong, String where, Object part) {
        if (FORBIDDEN_TYPES.contains(part.getClass())) {
            wrong.add(where + " is a " + part.getClass().getSimpleName());
        }
    }
}
