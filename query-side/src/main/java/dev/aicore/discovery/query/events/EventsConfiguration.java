package dev.aicore.discovery.query.events;

import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.watching.EndOfStreams;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** The route that streams facts. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {

    private static final int MOST_STREAMS = 64;

    @Bean
    Streams factStreams() {
        return new Streams(MOST_STREAMS);
    }

    @Bean
    EventsController eventsController(
            Database database, Streams factStreams, WatchingSettings settings, TimeSource time) {
        return new EventsController(
                new FactsReader(database), factStreams, settings.writeTimeout(), time, Schedulers.parallel());
    }

    @Bean
    EndOfStreams endOfFactStreams(Streams factStreams) {
        return new EndOfStreams(factStreams::close, factStreams::isClosed);
    }
}
