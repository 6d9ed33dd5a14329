package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.config.time.TimeSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the route that restores services. */
@Configuration(proxyBeanMethods = false)
public class RestoreConfiguration {

    @Bean(destroyMethod = "close")
    ServiceComparator serviceComparator(DataSource database, TimeSource time) {
        return new ServiceComparator(new ServiceComparisonReader(database), time);
    }

    @Bean
    RestoreController restoreController(
            ServiceComparator comparator, CommandGateway commandGateway, IdempotentExecutor executor, TimeSource time) {
        return new RestoreController(comparator, commandGateway, executor, time);
    }
}
