package dev.aicore.discovery.query;

import dev.aicore.discovery.query.balancing.BalancingConfiguration;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Pool;
import dev.aicore.discovery.query.history.HistoryConfiguration;
import dev.aicore.discovery.query.instance.InstanceConfiguration;
import dev.aicore.discovery.query.status.StatusConfiguration;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.WatermarkReader;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import reactor.core.scheduler.Schedulers;

/**
 * The whole query side. It reads {@code spring.r2dbc.url}, {@code .username} and {@code .password}; from the server it needs the
 * web with its gate, a bean {@link dev.aicore.discovery.api.status.Node}, and the other sides' probes and status sources.
 *
 * <p>Its connections are no bean: Spring Boot takes the presence of an R2DBC connection factory for a reason to configure
 * neither a JDBC data source nor JDBC transactions.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    InstanceConfiguration.class,
    HistoryConfiguration.class,
    BalancingConfiguration.class,
    StatusConfiguration.class
})
public class QueryConfiguration {

    private static final int CONNECTIONS = 6;
    private static final Duration ACQUIRE = Duration.ofSeconds(1);
    private static final Duration STATEMENT = Duration.ofSeconds(2);

    @Bean(destroyMethod = "close")
    Database queryDatabase(Environment environment) {
        return new Pool(
                        environment.getRequiredProperty("spring.r2dbc.url"),
                        environment.getRequiredProperty("spring.r2dbc.username"),
                        environment.getProperty("spring.r2dbc.password", ""),
                        CONNECTIONS,
                        ACQUIRE,
                        STATEMENT)
                .open();
    }

    @Bean
    WatermarkReader watermarkReader(Database database) {
        return new WatermarkReader(database);
    }

    @Bean
    Visibility visibility(WatermarkReader watermarks) {
        return new Visibility(watermarks, Schedulers.parallel());
    }
}
