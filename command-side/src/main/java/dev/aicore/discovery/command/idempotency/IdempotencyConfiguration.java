package dev.aicore.discovery.command.idempotency;

import dev.aicore.discovery.config.settings.IdempotencySettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.IdempotencyStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the executor of idempotent writes for the routes that accept an idempotency key. */
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {

    @Bean
    IdempotentExecutor idempotentExecutor(
            IdempotencyStore idempotencyStore, IdempotencySettings settings, TimeSource time) {
        return new IdempotentExecutor(
                idempotencyStore::find, new IdempotencyKeyQuota(settings, idempotencyStore::count, time)::acquire);
    }
}
