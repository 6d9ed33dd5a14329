package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.config.settings.KeyValueSettings;
import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.watching.ChangeTracker;
import dev.aicore.discovery.query.watching.LiveFactFeed;
import dev.aicore.discovery.query.watching.PollSchedule;
import dev.aicore.discovery.query.watching.StreamShutdown;
import dev.aicore.discovery.query.watching.WatchHub;
import dev.aicore.discovery.query.watching.WatcherLimit;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the reads of keys, which dialects serve. */
@Configuration(proxyBeanMethods = false)
public class KeyValueQueryConfiguration {

    /** Maximum number of changed keys in the tracker. Keys aren't cached, so the tracked changes are never read. */
    private static final int MAX_REMEMBERED = 1;

    @Bean
    KeyValueReader keyValueReader(Database database, KeyValueSettings settings) {
        return new KeyValueReader(database, settings.maxReadBytes());
    }

    @Bean
    KeyValueQueryService keyValueQueryService(
            KeyValueReader reader,
            ObjectProvider<LocalWatermarks> published,
            WatcherLimit watcherLimit,
            LiveFactFeed live,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            WatchingSettings settings,
            TimeSource time) {
        var poller = new KeyChangePoller(reader.poller());
        var times = PollSchedule.onAny(
                published.stream().map(LocalWatermarks::changes).toList());
        return new KeyValueQueryService(
                reader,
                poller,
                new WatchHub(
                        poller, times, watcherLimit, new ChangeTracker(MAX_REMEMBERED, time), Schedulers.parallel()),
                live,
                readYourWritesBarrier,
                asOfResolver,
                settings.maxWatchers(),
                Schedulers.parallel());
    }

    /** Ends the waits before the web server waits for active requests. */
    @Bean
    StreamShutdown keyWatchShutdown(KeyValueQueryService service) {
        return service.end();
    }
}
