package dev.aicore.discovery.command.circuit;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.idempotency.Once;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The route that takes reports. */
@Configuration(proxyBeanMethods = false)
public class CircuitConfiguration {

    @Bean
    OutcomesController outcomesController(Intake intake, Once once) {
        return new OutcomesController(intake, once);
    }
}
