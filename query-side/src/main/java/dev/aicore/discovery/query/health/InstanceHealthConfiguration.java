package dev.aicore.discovery.query.health;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the route that returns the health of an instance. */
@Configuration(proxyBeanMethods = false)
public class InstanceHealthConfiguration {

    @Bean
    InstanceHealthController instanceHealthController(
            Database database, ReadYourWritesBarrier readYourWritesBarrier, TimeSource time) {
        return new InstanceHealthController(new InstanceHealthReader(database), readYourWritesBarrier, time);
    }
}
