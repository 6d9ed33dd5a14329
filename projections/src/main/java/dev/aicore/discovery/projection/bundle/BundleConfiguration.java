package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.config.settings.DecisionSettings;
import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.processing.BlockingQueryExecutor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import reactor.core.scheduler.Schedulers;

/** Wires the export of bundles and its route. */
@Configuration(proxyBeanMethods = false)
public class BundleConfiguration {

    @Bean
    BundleExporter bundleExporter(ProjectionRuntime projectionRuntime, TimeSource time, Environment environment) {
        return new BundleExporter(
                projectionRuntime.store(),
                projectionRuntime.models().keySet(),
                projectionRuntime.watermarks(),
                time,
                DecisionSettings.of(environment));
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService exportExecutor() {
        return Executors.newFixedThreadPool(
                BundleExporter.MAX_CONCURRENT, Thread.ofVirtual().name("export").factory());
    }

    @Bean
    BundleExportController bundleExportController(
            BundleExporter bundleExporter, WatchingSettings settings, ExecutorService exportExecutor) {
        return new BundleExportController(
                bundleExporter,
                settings.writeTimeout(),
                new BlockingQueryExecutor(Schedulers.fromExecutorService(exportExecutor)));
    }
}
