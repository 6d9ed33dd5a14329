package dev.aicore.discovery.eventstore.axon;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.eventstore.StoreMigration;
import dev.aicore.discovery.eventstore.TimeoutDataSource;
import dev.aicore.discovery.eventstore.TokenStoreFactory;
import dev.aicore.discovery.eventstore.WriterId;
import dev.aicore.discovery.eventstore.wire.TrackingTokenJson;
import java.util.Objects;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Defines the JDBC transactions in which a projection writes its rows and its token together. */
@Configuration(proxyBeanMethods = false)
class TransactionConfiguration {

    /** Limits the wait for each answer: a projection must not wait for a machine that has vanished. */
    @Bean
    JdbcTransactionManager timedTransactions(DataSource pool, ObjectProvider<EventStoreSettings> settings) {
        return new JdbcTransactionManager(new TimeoutDataSource(
                pool, settings.getIfAvailable(EventStoreSettings::defaults).readTimeout()));
    }

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider connectionProvider(JdbcTransactionManager transactions) {
        return new UnitOfWorkAwareConnectionProviderWrapper(
                new SpringDataSourceConnectionProvider(Objects.requireNonNull(transactions.getDataSource())));
    }

    @Bean
    PersistenceExceptionResolver persistenceExceptionResolver() {
        return new JdbcSQLErrorCodesResolver();
    }

    @Bean
    @Primary
    Serializer serializer() {
        return TrackingTokenJson.serializer();
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, StoreMigration migration, WriterId writerId) {
        return TokenStoreFactory.of(connections, writerId);
    }
}
