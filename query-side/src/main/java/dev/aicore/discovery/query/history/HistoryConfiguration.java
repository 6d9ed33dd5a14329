package dev.aicore.discovery.query.history;

import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.instance.InstanceColumns;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.watermark.Visibility;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes of history. */
@Configuration(proxyBeanMethods = false)
public class HistoryConfiguration {

    @Bean
    EntriesReader entriesReader(Database database, InstanceColumns columns) {
        return new EntriesReader(database, columns);
    }

    @Bean
    HistoryController historyController(
            EntriesReader reader,
            Database database,
            Visibility visibility,
            Moments moments,
            WatchingSettings streams,
            TimeSource time) {
        var observations = new Observations(new SeatsReader(database), new ObservationsReader(database));
        var entries = new Entries(visibility, time, streams.writeTimeout());
        return new HistoryController(reader, observations, entries, moments, time);
    }
}
