package dev.aicore.discovery.query.denials;

import dev.aicore.discovery.config.access.Denials;
import dev.aicore.discovery.config.settings.DenialSettings;
import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Denials: writing them down, and the route that tells. */
@Configuration(proxyBeanMethods = false)
public class DenialsConfiguration {

    @Bean
    DenialRows denialRows(Database database, Ids ids) {
        return new DenialRows(database, ids.next().toString());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DenialFlush denialFlush(Denials denials, DenialRows rows, DenialSettings settings, TimeSource time) {
        return new DenialFlush(denials, rows, settings.keptFor(), time, Schedulers.parallel());
    }

    @Bean
    DenialsController denialsController(Database database, TimeSource time) {
        return new DenialsController(new DenialsReader(database), time);
    }
}
