package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.Projections;
import dev.aicore.discovery.projection.flow.Questions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What exports bundles, and its route. */
@Configuration(proxyBeanMethods = false)
public class BundleConfiguration {

    @Bean
    Exports exports(Projections projections, TimeSource time) {
        return new Exports(projections.store(), projections.models().keySet(), projections.watermarks(), time);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService exportWork() {
        return Executors.newFixedThreadPool(
                Exports.MOST, Thread.ofVirtual().name("export").factory());
    }

    @Bean
    ExportController exportController(Exports exports, WatchingSettings settings, ExecutorService exportWork) {
        return new ExportController(
                exports, settings.writeTimeout(), new Questions(Schedulers.fromExecutorService(exportWork)));
    }
}
