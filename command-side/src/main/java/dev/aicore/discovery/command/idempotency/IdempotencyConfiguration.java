package dev.aicore.discovery.command.idempotency;

import dev.aicore.discovery.config.eventstore.StoredKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the routes that write do their writes by. */
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {

    @Bean
    Once once(StoredKeys keys) {
        return new Once(keys::find);
    }
}
