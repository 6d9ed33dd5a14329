package dev.aicore.discovery.bench.writes.naive;

import dev.aicore.discovery.eventstore.axon.StrongCache;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Wires the framework's parts with their defaults; only the cache differs, because it never evicts an instance. */
final class NaiveWiring {

    private NaiveWiring() {}

    static CommandBus commandBus(DataSource pool) {
        var transactions = new SpringTransactionManager(new DataSourceTransactionManager(pool));
        var serializer = Jackson3Serializer.builder().build();
        var engine = JdbcEventStorageEngine.builder()
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(pool)))
                .transactionManager(transactions)
                .persistenceExceptionResolver(new JdbcSQLErrorCodesResolver())
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        var repository = EventSourcingRepository.builder(NaiveInstance.class)
                .eventStore(EmbeddedEventStore.builder().storageEngine(engine).build())
                .cache(new StrongCache())
                .build();
        var bus = SimpleCommandBus.builder().transactionManager(transactions).build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(new MessageOriginProvider()));
        var _ = AggregateAnnotationCommandHandler.<NaiveInstance>builder()
                .aggregateType(NaiveInstance.class)
                .repository(repository)
                .build()
                .subscribe(bus);
        return bus;
    }
}
