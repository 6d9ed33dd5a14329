package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What the strategies that go by load know of it. */
@Configuration(proxyBeanMethods = false)
public class LoadConfiguration {

    private static final int MOST_SERVICES = 1_000;

    /** Of some 200 bytes each. */
    private static final int MOST_INSTANCES = 100_000;

    @Bean
    ServiceLoads serviceLoads(TimeSource time) {
        return new ServiceLoads(time, MOST_SERVICES, MOST_INSTANCES);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LoadPolling loadPolling(Database database, ServiceLoads loads) {
        return new LoadPolling(new ConnectionReader(database), loads, Schedulers.parallel());
    }
}
