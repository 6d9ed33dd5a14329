package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.config.readmodel.PublishedPositions;
import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.watching.EndOfStreams;
import dev.aicore.discovery.query.watching.Feed;
import dev.aicore.discovery.query.watching.LastChanges;
import dev.aicore.discovery.query.watching.LookTimes;
import dev.aicore.discovery.query.watching.Seats;
import dev.aicore.discovery.query.watermark.Visibility;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** The routes that read configurations, and what waits for changes of them. */
@Configuration(proxyBeanMethods = false)
public class ConfigurationReadConfiguration {

    /** Nothing is kept of configurations, so nothing has to be remembered of their changes. */
    private static final int MOST_REMEMBERED = 1;

    @Bean
    ConfigurationReader configurationReader(Database database) {
        return new ConfigurationReader(database);
    }

    @Bean
    ConfigurationWatching configurationWatching(
            ConfigurationReader reader,
            ObjectProvider<PublishedPositions> published,
            Seats seats,
            WatchingSettings settings,
            TimeSource time) {
        var times = LookTimes.onAny(
                published.stream().map(PublishedPositions::changes).toList());
        var feed =
                new Feed(reader.looks(), times, seats, new LastChanges(MOST_REMEMBERED, time), Schedulers.parallel());
        var pages = new ConfigurationPages(reader, settings.mostWatchers(), Schedulers.parallel());
        return new ConfigurationWatching(feed, pages, settings.writeTimeout(), Schedulers.parallel());
    }

    @Bean
    EndOfStreams endOfConfigurationWatching(ConfigurationWatching watching) {
        return watching.end();
    }

    @Bean
    ConfigurationReadController configurationReadController(
            ConfigurationReader reader,
            ConfigurationWatching watching,
            Visibility visibility,
            Moments moments,
            TimeSource time) {
        return new ConfigurationReadController(reader, watching, visibility, moments, time);
    }

    @Bean
    VersionsController versionsController(ConfigurationReader reader, Visibility visibility, TimeSource time) {
        return new VersionsController(reader, visibility, time);
    }

    @Bean
    DiffController configurationDiffController(ConfigurationReader reader, Visibility visibility, TimeSource time) {
        return new DiffController(reader, visibility, time);
    }
}
