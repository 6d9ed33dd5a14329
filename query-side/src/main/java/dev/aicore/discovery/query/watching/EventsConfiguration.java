package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the route that streams facts. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {

    private static final int MAX_STREAMS = 64;

    @Bean
    StreamLimit factStreamLimit() {
        return new StreamLimit(MAX_STREAMS);
    }

    @Bean
    EventsController eventsController(
            Database database, StreamLimit streamLimit, WatchingSettings settings, TimeSource time) {
        return new EventsController(
                new FactPageReader(database), streamLimit, settings.writeTimeout(), time, Schedulers.parallel());
    }

    @Bean
    StreamShutdown factStreamShutdown(StreamLimit streamLimit) {
        return new StreamShutdown(streamLimit::close, streamLimit::isClosed);
    }
}
