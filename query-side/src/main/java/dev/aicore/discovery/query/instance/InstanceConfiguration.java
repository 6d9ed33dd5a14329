package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.cache.SharedServiceCache;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the routes that read instances. */
@Configuration(proxyBeanMethods = false)
public class InstanceConfiguration {

    @Bean
    InstanceRowMapper instanceRowMapper(HealthCheckSettings checks, DiscoverySettings discovery) {
        return new InstanceRowMapper(checks.renewLeases(), discovery.maxReadBytes());
    }

    @Bean
    InstanceReader instanceReader(Database database, InstanceRowMapper rowMapper) {
        return new InstanceReader(database, rowMapper);
    }

    @Bean
    ServiceInstanceLookup serviceInstanceLookup(
            SharedServiceCache cache, InstanceReader instances, ReadYourWritesBarrier readYourWritesBarrier) {
        return new ServiceInstanceLookup(cache, instances, readYourWritesBarrier);
    }

    @Bean
    AsOfInstanceReader asOfInstanceReader(Database database, InstanceRowMapper rowMapper) {
        return new AsOfInstanceReader(database, rowMapper);
    }

    @Bean
    InstanceController instanceController(
            InstanceReader instances,
            AsOfInstanceReader asOfReader,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            TimeSource time) {
        return new InstanceController(instances, asOfReader, readYourWritesBarrier, asOfResolver, time);
    }

    @Bean
    ServiceNamesController serviceNamesController(
            Database database,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            TimeSource time) {
        return new ServiceNamesController(new ServiceNamesReader(database), readYourWritesBarrier, asOfResolver, time);
    }
}
