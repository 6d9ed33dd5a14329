package dev.aicore.discovery.query.uptime;

import dev.aicore.discovery.query.asof.AsOfResolver;
import dev.aicore.discovery.query.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes that tell how available services were. */
@Configuration(proxyBeanMethods = false)
public class UptimeConfiguration {

    @Bean
    UptimeController uptimeController(Database database, AsOfResolver asOfResolver) {
        return new UptimeController(new StatusSpanReader(database), asOfResolver);
    }
}
