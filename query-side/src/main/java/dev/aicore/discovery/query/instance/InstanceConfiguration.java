package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.watermark.Visibility;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes that read instances. */
@Configuration(proxyBeanMethods = false)
public class InstanceConfiguration {

    /** No active check renews a lease yet: leases are as long as was asked for. */
    @Bean
    InstanceColumns instanceColumns() {
        return new InstanceColumns(false);
    }

    @Bean
    InstanceReader instanceReader(Database database, InstanceColumns columns) {
        return new InstanceReader(database, columns);
    }

    @Bean
    InstanceController instanceController(InstanceReader instances, Visibility visibility, TimeSource time) {
        return new InstanceController(instances, visibility, time);
    }

    @Bean
    ServiceNamesController serviceNamesController(Database database, Visibility visibility, TimeSource time) {
        return new ServiceNamesController(new ServiceNamesReader(database), visibility, time);
    }
}
