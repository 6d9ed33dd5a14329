package dev.aicore.discovery.command.deadletter;

import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the route that drops dead letters. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterCommandConfiguration {

    @Bean(destroyMethod = "close")
    DeadLetterDropService deadLetterService(DataSource database, CommandGateway commandGateway) {
        return new DeadLetterDropService(new DeadLetterReader(database), commandGateway);
    }

    @Bean
    DeadLetterDropController deadLetterDropController(DeadLetterDropService service, IdempotentExecutor executor) {
        return new DeadLetterDropController(service, executor);
    }
}
