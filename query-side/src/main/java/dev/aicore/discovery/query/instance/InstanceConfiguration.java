package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.cache.ServiceCache;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.watermark.Visibility;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes that read instances. */
@Configuration(proxyBeanMethods = false)
public class InstanceConfiguration {

    @Bean
    InstanceColumns instanceColumns(HealthCheckSettings checks, DiscoverySettings discovery) {
        return new InstanceColumns(checks.renewLeases(), discovery.maxReadBytes());
    }

    @Bean
    InstanceReader instanceReader(Database database, InstanceColumns columns) {
        return new InstanceReader(database, columns);
    }

    @Bean
    ServiceInstances serviceInstances(ServiceCache cache, InstanceReader instances, Visibility visibility) {
        return new ServiceInstances(cache, instances, visibility);
    }

    @Bean
    PastReader pastReader(Database database, InstanceColumns columns) {
        return new PastReader(database, columns);
    }

    @Bean
    InstanceController instanceController(
            InstanceReader instances, PastReader past, Visibility visibility, Moments moments, TimeSource time) {
        return new InstanceController(instances, past, visibility, moments, time);
    }

    @Bean
    ServiceNamesController serviceNamesController(
            Database database, Visibility visibility, Moments moments, TimeSource time) {
        return new ServiceNamesController(new ServiceNamesReader(database), visibility, moments, time);
    }
}
