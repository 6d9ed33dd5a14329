package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the route that compares two points in time. */
@Configuration(proxyBeanMethods = false)
public class DiffConfiguration {

    @Bean
    InstanceDiffController instanceDiffController(
            Database database, InstanceRowMapper rowMapper, AsOfResolver asOfResolver) {
        return new InstanceDiffController(new DiffReader(database, rowMapper), asOfResolver);
    }
}
