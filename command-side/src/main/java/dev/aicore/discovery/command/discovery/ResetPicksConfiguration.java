package dev.aicore.discovery.command.discovery;

import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the route that resets pick statistics. */
@Configuration(proxyBeanMethods = false)
public class ResetPicksConfiguration {

    @Bean
    ResetPicksController resetPicksController(CommandGateway commandGateway, IdempotentExecutor executor) {
        return new ResetPicksController(commandGateway, executor);
    }
}
