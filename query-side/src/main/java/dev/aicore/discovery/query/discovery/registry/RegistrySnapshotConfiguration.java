package dev.aicore.discovery.query.discovery.registry;

import dev.aicore.discovery.config.settings.DialectSettings;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotWeigher;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import dev.aicore.discovery.query.instance.InstanceReader;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.query.watching.ChangePoller;
import dev.aicore.discovery.query.watching.InstanceViewFold;
import dev.aicore.discovery.query.watching.LiveFactFeed;
import dev.aicore.discovery.query.watching.PollSchedule;
import dev.aicore.discovery.query.watching.RecentFactBuffer;
import dev.aicore.discovery.query.watching.WatcherLimit;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the snapshot of the whole registry. */
@Configuration(proxyBeanMethods = false)
public class RegistrySnapshotConfiguration {

    /** Share of the heap for the snapshot. It shares texts with the snapshots of services, so it takes less. */
    private static final int SNAPSHOT_PERCENT_OF_HEAP = 10;

    @Bean
    RegistrySnapshotService registrySnapshotService(
            InstanceReader instances,
            AsOfInstanceReader asOfReader,
            LiveFactFeed live,
            RecentFactBuffer recent,
            ChangePoller poller,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            InstanceRowMapper rowMapper,
            WatcherLimit watcherLimit,
            ObjectProvider<LocalWatermarks> published,
            DialectSettings dialects,
            DiscoverySettings discovery,
            TimeSource time) {
        var reader = new RegistryPageReader(
                instances, asOfReader, SnapshotWeigher.max(dialects.maxInstances(), SNAPSHOT_PERCENT_OF_HEAP));
        // In a process without the writer the feed never emits.
        var schedule = PollSchedule.onAny(
                        published.stream().map(LocalWatermarks::changes).toList())
                .with(live.passed());
        return new RegistrySnapshotService(
                reader,
                live,
                recent,
                poller,
                readYourWritesBarrier,
                asOfResolver,
                new InstanceViewFold(rowMapper.checksRenewLeases()),
                watcherLimit,
                schedule,
                dialects,
                discovery.staleLimit(),
                time,
                Schedulers.parallel());
    }
}
