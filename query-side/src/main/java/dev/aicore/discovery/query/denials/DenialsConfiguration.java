package dev.aicore.discovery.query.denials;

import dev.aicore.discovery.access.AccessDenialCounter;
import dev.aicore.discovery.config.settings.DenialSettings;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the persistence of denials and the route that lists them. */
@Configuration(proxyBeanMethods = false)
public class DenialsConfiguration {

    @Bean
    DenialRows denialRows(Database database, IdGenerator idGenerator) {
        return new DenialRows(database, idGenerator.next().toString());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DenialFlusher denialFlusher(
            AccessDenialCounter accessDenialCounter, DenialRows rows, DenialSettings settings, TimeSource time) {
        return new DenialFlusher(accessDenialCounter, rows, settings.retention(), time, Schedulers.parallel());
    }

    @Bean
    DenialsController denialsController(Database database, TimeSource time) {
        return new DenialsController(new DenialsReader(database), time);
    }
}
