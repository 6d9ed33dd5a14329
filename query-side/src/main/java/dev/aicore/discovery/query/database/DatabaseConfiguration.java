package dev.aicore.discovery.query.database;

import dev.aicore.discovery.query.fuse.Fuse;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The database that reads go to. It is found by {@code spring.r2dbc.url}, {@code .username} and {@code .password}.
 *
 * <p>Its connections are no bean: Spring Boot takes the presence of an R2DBC connection factory for a reason to configure
 * neither a JDBC data source nor JDBC transactions.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    private static final int CONNECTIONS = 6;
    private static final Duration ACQUIRE = Duration.ofSeconds(1);
    private static final Duration STATEMENT = Duration.ofSeconds(2);

    @Bean
    Fuse postgresFuse() {
        return new Fuse("postgres", Database::isUnavailable);
    }

    @Bean(destroyMethod = "close")
    Database queryDatabase(Environment environment, @Qualifier("postgresFuse") Fuse fuse) {
        return new Pool(
                        environment.getRequiredProperty("spring.r2dbc.url"),
                        environment.getRequiredProperty("spring.r2dbc.username"),
                        environment.getProperty("spring.r2dbc.password", ""),
                        CONNECTIONS,
                        ACQUIRE,
                        STATEMENT)
                .open(fuse);
    }
}
