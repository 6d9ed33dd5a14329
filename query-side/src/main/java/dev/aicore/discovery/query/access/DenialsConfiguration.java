package dev.aicore.discovery.query.access;

import dev.aicore.discovery.access.AccessDenialCounter;
import dev.aicore.discovery.config.settings.AuthSettings.DenialSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.access.DenialStore;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the persistence of denials and the route that lists them. */
@Configuration(proxyBeanMethods = false)
public class DenialsConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    DenialFlusher denialFlusher(
            AccessDenialCounter accessDenialCounter, DenialStore denials, DenialSettings settings, TimeSource time) {
        return new DenialFlusher(accessDenialCounter, denials, settings.retention(), time, Schedulers.parallel());
    }

    @Bean
    DenialsController denialsController(Database database, TimeSource time) {
        return new DenialsController(new DenialsReader(database), time);
    }
}
