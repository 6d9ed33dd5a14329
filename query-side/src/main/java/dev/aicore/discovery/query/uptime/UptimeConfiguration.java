package dev.aicore.discovery.query.uptime;

import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.moment.Moments;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes that tell how available services were. */
@Configuration(proxyBeanMethods = false)
public class UptimeConfiguration {

    @Bean
    UptimeController uptimeController(Database database, Moments moments) {
        return new UptimeController(new SpansReader(database), moments);
    }
}
