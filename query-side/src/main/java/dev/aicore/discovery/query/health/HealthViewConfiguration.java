package dev.aicore.discovery.query.health;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.watermark.Visibility;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The route that tells how an instance is. */
@Configuration(proxyBeanMethods = false)
public class HealthViewConfiguration {

    @Bean
    HealthViewController healthViewController(Database database, Visibility visibility, TimeSource time) {
        return new HealthViewController(new HealthReader(database), visibility, time);
    }
}
