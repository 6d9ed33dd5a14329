package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.discovery.DiscoveryService.PickRecorder;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.discovery.PickStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the pick statistics: counter, flusher and route. */
@Configuration(proxyBeanMethods = false)
public class PickStatsConfiguration {

    /**
     * Maximum number of counters, of about 200 bytes each, and of as many services; one statement persists them all
     * within its timeout.
     */
    private static final int MAX_COUNTERS = 10_000;

    @Bean
    PickCounter pickCounter(TimeSource time) {
        return new PickCounter(time, MAX_COUNTERS);
    }

    @Bean
    PickRecorder pickRecorder(PickCounter pickCounter, ServiceLoadCache loads) {
        return new PickRecorder(pickCounter, loads);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PickFlusher pickFlusher(PickCounter pickCounter, PickStore picks) {
        return new PickFlusher(pickCounter, picks, Schedulers.parallel());
    }

    @Bean
    PickStatsController pickStatsController(
            Database database,
            PickStore picks,
            PickCounter pickCounter,
            ReadYourWritesBarrier readYourWritesBarrier,
            TimeSource time) {
        return new PickStatsController(
                new PickStatsService(new PickStatsReader(database, picks.node()), pickCounter),
                readYourWritesBarrier,
                time);
    }
}
