package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.watermark.ReadYourWritesBarrier;
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

    @Bean
    PickRows pickRows(Database database, IdGenerator idGenerator) {
        return new PickRows(database, idGenerator.next().toString());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PickFlusher pickFlusher(PickCounter pickCounter, PickRows rows) {
        return new PickFlusher(pickCounter, rows, Schedulers.parallel());
    }

    @Bean
    PickStatsController pickStatsController(
            Database database,
            PickRows rows,
            PickCounter pickCounter,
            ReadYourWritesBarrier readYourWritesBarrier,
            TimeSource time) {
        return new PickStatsController(
                new PickStatsService(new PickStatsReader(database, rows.node()), pickCounter),
                readYourWritesBarrier,
                time);
    }
}
