package dev.aicore.discovery.query.database;

import dev.aicore.discovery.config.settings.ConnectionShares;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.query.fuse.Fuse;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * The database that reads go to. It is found by {@code spring.r2dbc.url}, {@code .username} and {@code .password}.
 *
 * <p>Its connections are no bean: Spring Boot takes the presence of an R2DBC connection factory for a reason to configure
 * neither a JDBC data source nor JDBC transactions.
 */
@Configuration(proxyBeanMethods = false)
@Import(SettingsConfiguration.class)
public class DatabaseConfiguration {

    private static final Duration ACQUIRE = Duration.ofSeconds(1);
    private static final Duration STATEMENT = Duration.ofSeconds(2);

    @Bean
    Fuse postgresFuse() {
        return new Fuse("postgres", Database::isUnavailable);
    }

    @Bean(destroyMethod = "close")
    Database queryDatabase(
            Environment environment,
            PostgresSettings settings,
            ProcessSettings process,
            @Qualifier("postgresFuse") Fuse fuse) {
        return new Pool(
                        environment.getRequiredProperty("spring.r2dbc.url"),
                        environment.getRequiredProperty("spring.r2dbc.username"),
                        environment.getProperty("spring.r2dbc.password", ""),
                        ConnectionShares.of(settings, process.target()).reads(),
                        ACQUIRE,
                        STATEMENT,
                        settings.idleTimeout())
                .open(fuse);
    }
}
