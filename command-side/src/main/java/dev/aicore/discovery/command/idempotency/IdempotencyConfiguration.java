package dev.aicore.discovery.command.idempotency;

import dev.aicore.discovery.config.eventstore.StoredKeys;
import dev.aicore.discovery.config.settings.IdempotencySettings;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the routes that write do their writes by. */
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {

    @Bean
    Once once(StoredKeys keys, IdempotencySettings settings, TimeSource time) {
        return new Once(keys::find, new KeyQuota(settings, keys::count, time)::take);
    }
}
