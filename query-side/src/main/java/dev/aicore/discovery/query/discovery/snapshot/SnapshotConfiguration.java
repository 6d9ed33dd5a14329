package dev.aicore.discovery.query.discovery.snapshot;

import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.telemetry.MetricFamily;
import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.query.instance.ServiceInstanceLookup;
import dev.aicore.discovery.query.watching.ChangePoller;
import dev.aicore.discovery.query.watching.ChangeTracker;
import dev.aicore.discovery.query.watching.InstanceViewFold;
import dev.aicore.discovery.query.watching.LiveChangePoller;
import dev.aicore.discovery.query.watching.LiveFactFeed;
import dev.aicore.discovery.query.watching.PollSchedule;
import dev.aicore.discovery.query.watching.RecentFactBuffer;
import dev.aicore.discovery.query.watching.WatchHub;
import dev.aicore.discovery.query.watching.WatcherLimit;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the snapshots in memory. */
@Configuration(proxyBeanMethods = false)
public class SnapshotConfiguration {

    /** Maximum number of logged changes of all services, of 2 KB each. */
    private static final int MAX_LOGGED_CHANGES = 8_192;

    private static final int LOGGED_PERCENT_OF_HEAP = 3;

    /** Share of the heap for snapshots. The command side and running requests need memory as well. */
    static final int CACHE_PERCENT_OF_HEAP = 28;

    @Bean
    CacheLookupMetrics cacheLookupMetrics() {
        return new CacheLookupMetrics();
    }

    @Bean
    MetricFamily cacheLookupMetricFamily(CacheLookupMetrics cacheLookupMetrics) {
        return new MetricFamily(
                "service_discovery_cache_lookups_total",
                Kind.COUNTER,
                "Discoveries by result of the cache lookup: hit, miss, or stale if no store answered.",
                cacheLookupMetrics::samples);
    }

    @Bean
    WatchHub watchHub(
            ChangePoller poller,
            LiveFactFeed live,
            RecentFactBuffer recent,
            ObjectProvider<LocalWatermarks> published,
            ChangeTracker changes,
            WatcherLimit watcherLimit) {
        // In a process without the writer the feed never emits.
        var times = PollSchedule.onAny(
                        published.stream().map(LocalWatermarks::changes).toList())
                .with(live.passed());
        return new WatchHub(
                new LiveChangePoller(live, recent, poller), times, watcherLimit, changes, Schedulers.parallel());
    }

    @Bean
    ChangeLog changeLog() {
        return new ChangeLog(SnapshotWeigher.max(MAX_LOGGED_CHANGES, LOGGED_PERCENT_OF_HEAP));
    }

    @Bean
    ServiceSnapshotCache serviceSnapshotCache(
            DiscoverySettings settings,
            LiveFactFeed live,
            RecentFactBuffer recent,
            InstanceRowMapper rowMapper,
            ChangeLog log) {
        var cache = new ServiceSnapshotCache(
                SnapshotWeigher.max(settings.maxCachedInstances(), CACHE_PERCENT_OF_HEAP),
                settings.maxReadBytes().toBytes(),
                recent,
                new InstanceViewFold(rowMapper.checksRenewLeases()),
                log);
        live.listen(cache);
        return cache;
    }

    @Bean
    SnapshotService snapshotService(
            ServiceInstanceLookup instances,
            LiveFactFeed live,
            ServiceSnapshotCache cache,
            ChangeLog log,
            WatchHub watchHub,
            ChangeTracker changes,
            DiscoverySettings settings,
            CacheLookupMetrics cacheLookupMetrics,
            TimeSource time) {
        return new SnapshotService(
                instances,
                live,
                cache,
                log,
                watchHub,
                changes,
                settings,
                cacheLookupMetrics,
                time,
                Schedulers.parallel());
    }
}
