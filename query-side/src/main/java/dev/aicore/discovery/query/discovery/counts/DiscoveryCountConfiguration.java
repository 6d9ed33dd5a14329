package dev.aicore.discovery.query.discovery.counts;

import dev.aicore.discovery.config.settings.DiscoveryCountSettings;
import dev.aicore.discovery.config.telemetry.MetricFamily;
import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCountStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the counts of who discovered what: counter, flusher, metric and route. */
@Configuration(proxyBeanMethods = false)
public class DiscoveryCountConfiguration {

    @Bean
    DiscoveryCounter discoveryCounter(DiscoveryCountSettings settings, TimeSource time) {
        return new DiscoveryCounter(
                time, settings.maxPerMinute(), settings.maxMemory().toBytes());
    }

    @Bean
    MetricFamily droppedDiscoveryMetricFamily(DiscoveryCounter counter) {
        return new MetricFamily(
                "service_discovery_discoveries_dropped_total",
                Kind.COUNTER,
                "Discoveries that are missing in the counts by principal and minute.",
                counter::dropped);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DiscoveryCountFlusher discoveryCountFlusher(
            DiscoveryCounter counter, DiscoveryCountStore store, DiscoveryCountSettings settings, TimeSource time) {
        return new DiscoveryCountFlusher(counter, store, settings.retention(), time, Schedulers.parallel());
    }

    @Bean
    DiscoveryHistoryController discoveryHistoryController(Database database, AsOfResolver asOfResolver) {
        return new DiscoveryHistoryController(new DiscoveryCountReader(database), asOfResolver);
    }
}
