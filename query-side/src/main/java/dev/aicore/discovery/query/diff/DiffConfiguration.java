package dev.aicore.discovery.query.diff;

import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.instance.InstanceColumns;
import dev.aicore.discovery.query.moment.Moments;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The route that compares moments. */
@Configuration(proxyBeanMethods = false)
public class DiffConfiguration {

    @Bean
    DiffController diffController(Database database, InstanceColumns columns, Moments moments) {
        return new DiffController(new DiffReader(database, columns), moments);
    }
}
