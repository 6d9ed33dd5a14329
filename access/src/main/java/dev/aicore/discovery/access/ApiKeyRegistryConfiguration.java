package dev.aicore.discovery.access;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.ApiKeyEventSubscriber;
import dev.aicore.discovery.eventstore.EventPageReader;
import dev.aicore.discovery.eventstore.HeadPoller;
import dev.aicore.discovery.eventstore.StoreMigration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Fills the {@link ApiKeyRegistry} from the event store. Without this configuration, no key is known. */
@Configuration(proxyBeanMethods = false)
public class ApiKeyRegistryConfiguration {

    /** Loads all keys before the first request is served. */
    @Bean(initMethod = "start")
    ApiKeyEventSubscriber apiKeyEventSubscriber(
            EventPageReader pages,
            HeadPoller headPoller,
            StoreMigration migration,
            TimeSource time,
            ApiKeyRegistry keys) {
        var facts = new ApiKeyEventSubscriber(pages, headPoller, time, keys::apply, keys::applyUnreadable);
        keys.setStalenessSource(facts::staleness);
        return facts;
    }
}
