package dev.aicore.discovery.query.events;

import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import org.springframework.context.SmartLifecycle;
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

    /** Streams never end by themselves: they have to before the web server waits for what is under way. */
    @Bean
    SmartLifecycle endOfFactStreams(Streams factStreams) {
        return new SmartLifecycle() {
            @Override
            public void start() {
                // There is nothing to do before somebody reads.
            }

            @Override
            public void stop() {
                factStreams.close();
            }

            @Override
            public boolean isRunning() {
                return !factStreams.isClosed();
            }
        };
    }
}
