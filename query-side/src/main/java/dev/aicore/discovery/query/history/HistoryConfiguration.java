package dev.aicore.discovery.query.history;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.instance.InstanceColumns;
import dev.aicore.discovery.query.watermark.Visibility;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes of history. */
@Configuration(proxyBeanMethods = false)
public class HistoryConfiguration {

    @Bean
    HistoryController historyController(
            Database database, InstanceColumns columns, Visibility visibility, TimeSource time) {
        return new HistoryController(new HistoryReader(database, columns), visibility, time);
    }
}
