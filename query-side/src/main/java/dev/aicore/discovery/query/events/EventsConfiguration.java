package dev.aicore.discovery.query.events;

import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.watching.StreamShutdown;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the route that streams facts. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {

    private static final int MAX_STREAMS = 64;

    @Bean
    StreamLimit factStreams() {
        return new StreamLimit(MAX_STREAMS);
    }

    @Bean
    EventsController eventsController(
            Database database, StreamLimit factStreams, WatchingSettings settings, TimeSource time) {
        return new EventsController(
                new FactPageReader(database), factStreams, settings.writeTimeout(), time, Schedulers.parallel());
    }

    @Bean
    StreamShutdown endOfFactStreams(StreamLimit factStreams) {
        return new StreamShutdown(factStreams::close, factStreams::isClosed);
    }
}
