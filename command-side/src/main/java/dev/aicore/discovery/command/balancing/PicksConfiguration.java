package dev.aicore.discovery.command.balancing;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.idempotency.Once;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The route that resets statistics. */
@Configuration(proxyBeanMethods = false)
public class PicksConfiguration {

    @Bean
    ResetPicksController resetPicksController(Intake intake, Once once) {
        return new ResetPicksController(intake, once);
    }
}
