package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver.StoreHorizon;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the resolver of points in time. */
@Configuration(proxyBeanMethods = false)
public class AsOfConfiguration {

    @Bean
    AsOfResolver asOfResolver(
            Database database,
            ReadYourWritesBarrier readYourWritesBarrier,
            ObjectProvider<StoreHorizon> horizon,
            TimeSource time) {
        return new AsOfResolver(
                new AsOfReader(database),
                readYourWritesBarrier,
                horizon.getIfAvailable(() -> StoreHorizon.NONE),
                time,
                Schedulers.parallel());
    }
}
