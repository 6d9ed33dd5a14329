package dev.aicore.discovery.command.health;

import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the route for call reports. */
@Configuration(proxyBeanMethods = false)
public class CallReportConfiguration {

    @Bean
    CallReportController callReportController(CommandGateway commandGateway, IdempotentExecutor executor) {
        return new CallReportController(commandGateway, executor);
    }
}
