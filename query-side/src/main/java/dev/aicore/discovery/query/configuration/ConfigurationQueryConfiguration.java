package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.watching.ChangeTracker;
import dev.aicore.discovery.query.watching.PollSchedule;
import dev.aicore.discovery.query.watching.ReconnectSpread;
import dev.aicore.discovery.query.watching.StreamShutdown;
import dev.aicore.discovery.query.watching.WatchHub;
import dev.aicore.discovery.query.watching.WatcherLimit;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the routes that read and watch configurations. */
@Configuration(proxyBeanMethods = false)
public class ConfigurationQueryConfiguration {

    /**
     * Maximum number of changed services in the tracker. Configurations aren't cached, so the tracked changes are never
     * read.
     */
    private static final int MAX_REMEMBERED = 1;

    @Bean
    ConfigurationReader configurationReader(Database database) {
        return new ConfigurationReader(database);
    }

    @Bean
    ConfigurationWatchService configurationWatchService(
            ConfigurationReader reader,
            ObjectProvider<LocalWatermarks> published,
            WatcherLimit watcherLimit,
            ReconnectSpread reconnectSpread,
            WatchingSettings settings,
            TimeSource time) {
        var times = PollSchedule.onAny(
                published.stream().map(LocalWatermarks::changes).toList());
        var watchHub = new WatchHub(
                reader.poller(), times, watcherLimit, new ChangeTracker(MAX_REMEMBERED, time), Schedulers.parallel());
        var pages = new ConfigurationWatchPages(reader, settings.maxWatchers(), Schedulers.parallel());
        return new ConfigurationWatchService(
                watchHub, pages, settings.writeTimeout(), reconnectSpread, Schedulers.parallel());
    }

    @Bean
    StreamShutdown configurationWatchShutdown(ConfigurationWatchService watchService) {
        return watchService.end();
    }

    @Bean
    ConfigurationQueryController configurationQueryController(
            ConfigurationReader reader,
            ConfigurationWatchService watchService,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            TimeSource time) {
        return new ConfigurationQueryController(reader, watchService, readYourWritesBarrier, asOfResolver, time);
    }

    @Bean
    ConfigurationVersionController configurationVersionController(
            ConfigurationReader reader, ReadYourWritesBarrier readYourWritesBarrier, TimeSource time) {
        return new ConfigurationVersionController(reader, readYourWritesBarrier, time);
    }

    @Bean
    ConfigurationDiffController configurationDiffController(
            ConfigurationReader reader, ReadYourWritesBarrier readYourWritesBarrier, TimeSource time) {
        return new ConfigurationDiffController(reader, readYourWritesBarrier, time);
    }
}
