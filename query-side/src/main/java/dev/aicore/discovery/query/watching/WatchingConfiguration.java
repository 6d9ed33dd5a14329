package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.instance.InstanceColumns;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** The route of watching, and what waits for changes on behalf of others. */
@Configuration(proxyBeanMethods = false)
public class WatchingConfiguration {

    /** Of this node, streams and waiting answers together. */
    private static final int MOST_WATCHERS = 10_000;

    /** Beyond that, what is kept of services is read once more than it had to be. */
    private static final int MOST_SERVICES_REMEMBERED = 100_000;

    @Bean
    ChangesReader changesReader(Database database, InstanceColumns columns) {
        return new ChangesReader(database, columns);
    }

    @Bean
    LastChanges lastChanges(TimeSource time) {
        return new LastChanges(MOST_SERVICES_REMEMBERED, time);
    }

    @Bean
    Feed changesFeed(ChangesReader reader, LastChanges changes) {
        return new Feed(reader, MOST_WATCHERS, changes, Schedulers.parallel());
    }

    @Bean
    Changes changes(ChangesReader reader) {
        return new Changes(reader, MOST_WATCHERS, Schedulers.parallel());
    }

    @Bean
    ServiceChanges serviceChanges(Feed feed, Changes changes) {
        return new ServiceChanges(feed, changes, Schedulers.parallel());
    }

    @Bean
    WatchController watchController(Feed feed, Changes changes) {
        return new WatchController(feed, changes, Schedulers.parallel());
    }

    /** Streams never end by themselves: they have to before the web server waits for what is under way. */
    @Bean
    SmartLifecycle endOfWatching(Feed feed) {
        return new SmartLifecycle() {
            @Override
            public void start() {
                // There is nothing to do before somebody watches.
            }

            @Override
            public void stop() {
                feed.close();
            }

            @Override
            public boolean isRunning() {
                return !feed.isClosed();
            }
        };
    }
}
