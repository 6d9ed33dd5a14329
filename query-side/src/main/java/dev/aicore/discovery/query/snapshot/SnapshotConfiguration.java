package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.config.metrics.Family;
import dev.aicore.discovery.config.metrics.Family.Kind;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.instance.ServiceInstances;
import dev.aicore.discovery.query.watching.Feed;
import dev.aicore.discovery.query.watching.LastChanges;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What is kept in memory. */
@Configuration(proxyBeanMethods = false)
public class SnapshotConfiguration {

    @Bean
    LookUps lookUps() {
        return new LookUps();
    }

    @Bean
    Family cacheLookUps(LookUps lookUps) {
        return new Family(
                "service_discovery_cache_lookups_total",
                Kind.COUNTER,
                "Discoveries by whether memory had the answer: hit, miss, or stale when no store had it either.",
                lookUps::samples);
    }

    @Bean
    Snapshots snapshots(
            ServiceInstances instances,
            Feed feed,
            LastChanges changes,
            DiscoverySettings settings,
            LookUps lookUps,
            TimeSource time) {
        return new Snapshots(instances, feed, changes, settings, lookUps, time, Schedulers.parallel());
    }
}
