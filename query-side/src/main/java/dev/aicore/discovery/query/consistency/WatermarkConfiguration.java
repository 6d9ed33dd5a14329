package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.readmodel.LocalWatermarks;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.DatabaseConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Configures the watermark reader and the read-your-writes barrier. */
@Configuration(proxyBeanMethods = false)
@Import(DatabaseConfiguration.class)
public class WatermarkConfiguration {

    @Bean
    WatermarkReader watermarkReader(Database database) {
        return new WatermarkReader(database);
    }

    @Bean
    ReadYourWritesBarrier readYourWritesBarrier(WatermarkReader watermarks, ObjectProvider<LocalWatermarks> published) {
        return new ReadYourWritesBarrier(
                Mono.defer(watermarks::all), published.getIfAvailable(LocalWatermarks::none), Schedulers.parallel());
    }
}
