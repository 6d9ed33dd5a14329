package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.watermark.Visibility;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Statistics of picks: counting, writing down, and the route that tells. */
@Configuration(proxyBeanMethods = false)
public class PickStatsConfiguration {

    /** Of some 200 bytes each, and as many of services; one statement writes them all down in less than its timeout. */
    private static final int MOST_COUNTERS = 10_000;

    @Bean
    Picks picks(TimeSource time) {
        return new Picks(time, MOST_COUNTERS);
    }

    @Bean
    PickTally pickTally(Picks picks, ServiceLoads loads) {
        return new PickTally(picks, loads);
    }

    @Bean
    PickRows pickRows(Database database, Ids ids) {
        return new PickRows(database, ids.next().toString());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PickFlush pickFlush(Picks picks, PickRows rows) {
        return new PickFlush(picks, rows, Schedulers.parallel());
    }

    @Bean
    PickStatsController pickStatsController(
            Database database, PickRows rows, Picks picks, Visibility visibility, TimeSource time) {
        return new PickStatsController(
                new PickStats(new PickStatsReader(database, rows.node()), picks), visibility, time);
    }
}
