package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.command.collector.IntakeConfiguration;
import dev.aicore.discovery.command.shard.ShardConfiguration;
import dev.aicore.discovery.config.axon.EventStoreConfiguration;
import dev.aicore.discovery.config.axon.EventStoreWriterConfiguration;
import dev.aicore.discovery.config.eventstore.EventStoreSettings;
import dev.aicore.discovery.config.eventstore.StoreOwner;
import dev.aicore.discovery.config.settings.Settings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.TimeConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/** The server's command side with its store, as the server puts it together, without routes and without the other sides. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    SettingsConfiguration.class,
    TimeConfiguration.class,
    EventStoreConfiguration.class,
    EventStoreWriterConfiguration.class,
    ShardConfiguration.class,
    IntakeConfiguration.class
})
class CommandSide {

    @Bean
    EventStoreSettings eventStoreSettings(ConfigurableEnvironment environment) {
        return Settings.of(environment).get("event_store", EventStoreSettings.class);
    }

    @Bean
    StoreOwner storeOwner() {
        return new StoreOwner("bench");
    }
}
