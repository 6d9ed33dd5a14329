package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the routes that return the availability of services. */
@Configuration(proxyBeanMethods = false)
public class UptimeConfiguration {

    @Bean
    UptimeController uptimeController(Database database, AsOfResolver asOfResolver) {
        return new UptimeController(new StatusSpanReader(database), asOfResolver);
    }
}
