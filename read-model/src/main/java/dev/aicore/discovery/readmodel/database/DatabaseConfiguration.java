package dev.aicore.discovery.readmodel.database;

import dev.aicore.discovery.config.settings.ConnectionBudget;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Configures the database that queries read. Its address and credentials are {@code spring.r2dbc.url},
 * {@code .username} and {@code .password}.
 *
 * <p>The connection pool is not a bean: if an R2DBC connection factory bean exists, Spring Boot configures no JDBC data
 * source. For the same reason the server excludes Spring Boot's own connection factory.
 */
@Configuration(proxyBeanMethods = false)
@Import(SettingsConfiguration.class)
public class DatabaseConfiguration {

    @Bean
    StoreCircuitBreaker postgresCircuitBreaker() {
        return new StoreCircuitBreaker("postgres", Database::isUnavailable);
    }

    @Bean(destroyMethod = "close")
    Database queryDatabase(
            Environment environment,
            PostgresSettings settings,
            ProcessSettings process,
            @Qualifier("postgresCircuitBreaker") StoreCircuitBreaker storeCircuitBreaker) {
        return new PoolConfig(
                        environment.getRequiredProperty("spring.r2dbc.url"),
                        environment.getRequiredProperty("spring.r2dbc.username"),
                        environment.getProperty("spring.r2dbc.password", ""),
                        ConnectionBudget.of(settings, process.target()).reads(),
                        settings.acquireTimeout(),
                        settings.queryTimeout(),
                        settings.idleTimeout())
                .open(storeCircuitBreaker);
    }
}
