package dev.aicore.discovery.query.moment;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.watermark.Visibility;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What finds moments of the past. */
@Configuration(proxyBeanMethods = false)
public class MomentConfiguration {

    @Bean
    Moments moments(Database database, Visibility visibility, ObjectProvider<Horizon> horizon, TimeSource time) {
        return new Moments(
                new MomentReader(database),
                visibility,
                horizon.getIfAvailable(() -> Horizon.NONE),
                time,
                Schedulers.parallel());
    }
}
