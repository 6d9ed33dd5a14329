package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the tracking of loads for the strategies that use them. */
@Configuration(proxyBeanMethods = false)
public class LoadTrackingConfiguration {

    private static final int MAX_SERVICES = 1_000;

    /** Maximum number of instances with a known load, of about 200 bytes each. */
    private static final int MAX_INSTANCES = 100_000;

    @Bean
    ServiceLoadCache serviceLoadCache(TimeSource time) {
        return new ServiceLoadCache(time, MAX_SERVICES, MAX_INSTANCES);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LoadPoller loadPoller(Database database, ServiceLoadCache loads) {
        return new LoadPoller(new ConnectionCountReader(database), loads, Schedulers.parallel());
    }
}
