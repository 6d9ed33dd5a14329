package dev.aicore.discovery.query.history;

import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.history.MergedEntrySource.ObservationStore;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the routes of history: entries, differences between two points in time, and availability. */
@Configuration(proxyBeanMethods = false)
public class HistoryConfiguration {

    @Bean
    HistoryEntryReader historyEntryReader(Database database, InstanceRowMapper rowMapper) {
        return new HistoryEntryReader(database, rowMapper);
    }

    @Bean
    ObservationStore observationStore(Database database) {
        return new ObservationStore(new SlotAssignmentReader(database), new ObservationHistoryReader(database));
    }

    @Bean
    ClientViewController clientViewController(
            ObservationStore observationStore, AsOfResolver asOfResolver, AsOfInstanceReader instances) {
        return new ClientViewController(new ListReportReader(observationStore), asOfResolver, instances);
    }

    @Bean
    HistoryController historyController(
            HistoryEntryReader reader,
            ObservationStore observationStore,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            WatchingSettings streams,
            TimeSource time) {
        var historyService = new HistoryService(readYourWritesBarrier, time, streams.writeTimeout());
        return new HistoryController(reader, observationStore, historyService, asOfResolver, time);
    }

    @Bean
    InstanceDiffController instanceDiffController(
            Database database, InstanceRowMapper rowMapper, AsOfResolver asOfResolver) {
        return new InstanceDiffController(new DiffReader(database, rowMapper), asOfResolver);
    }

    @Bean
    ServiceSummaryController serviceSummaryController(
            Database database,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            TimeSource time) {
        return new ServiceSummaryController(
                new ServiceSummaryReader(database), readYourWritesBarrier, asOfResolver, time);
    }

    @Bean
    ActivityController activityController(Database database, AsOfResolver asOfResolver) {
        return new ActivityController(new ActivityReader(database), asOfResolver);
    }

    @Bean
    UptimeController uptimeController(Database database, AsOfResolver asOfResolver) {
        return new UptimeController(new StatusSpanReader(database), asOfResolver);
    }
}
