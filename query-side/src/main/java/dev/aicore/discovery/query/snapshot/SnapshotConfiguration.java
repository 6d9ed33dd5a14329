package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.config.metrics.Family;
import dev.aicore.discovery.config.metrics.Family.Kind;
import dev.aicore.discovery.config.readmodel.PublishedPositions;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.instance.InstanceColumns;
import dev.aicore.discovery.query.instance.ServiceInstances;
import dev.aicore.discovery.query.live.InstanceViewFold;
import dev.aicore.discovery.query.live.LiveFacts;
import dev.aicore.discovery.query.live.LiveLooks;
import dev.aicore.discovery.query.live.RecentFacts;
import dev.aicore.discovery.query.watching.Feed;
import dev.aicore.discovery.query.watching.LastChanges;
import dev.aicore.discovery.query.watching.LookTimes;
import dev.aicore.discovery.query.watching.Looks;
import dev.aicore.discovery.query.watching.Seats;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What is kept in memory. */
@Configuration(proxyBeanMethods = false)
public class SnapshotConfiguration {

    /** Of all services together, each of 2 KB. */
    private static final int MAX_LOGGED_CHANGES = 8_192;

    private static final int LOGGED_PERCENT_OF_HEAP = 3;

    /** Beside it there is what the command side keeps, and what is under way. */
    static final int KEPT_PERCENT_OF_HEAP = 28;

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
    Feed changesFeed(
            Looks reader,
            LiveFacts live,
            RecentFacts recent,
            ObjectProvider<PublishedPositions> published,
            LastChanges changes,
            Seats seats) {
        // In a process that writes nothing, nothing is ever passed on.
        var times = LookTimes.onAny(
                        published.stream().map(PublishedPositions::changes).toList())
                .with(live.passed());
        return new Feed(new LiveLooks(live, recent, reader), times, seats, changes, Schedulers.parallel());
    }

    @Bean
    ChangeLog changeLog() {
        return new ChangeLog(Weight.max(MAX_LOGGED_CHANGES, LOGGED_PERCENT_OF_HEAP));
    }

    @Bean
    KeptServices keptServices(
            DiscoverySettings settings, LiveFacts live, RecentFacts recent, InstanceColumns columns, ChangeLog log) {
        var kept = new KeptServices(
                Weight.max(settings.keptInstances(), KEPT_PERCENT_OF_HEAP),
                settings.maxReadBytes().toBytes(),
                recent,
                new InstanceViewFold(columns.checksRenewLeases()),
                log);
        live.listen(kept);
        return kept;
    }

    @Bean
    Snapshots snapshots(
            ServiceInstances instances,
            LiveFacts live,
            KeptServices kept,
            ChangeLog log,
            Feed feed,
            LastChanges changes,
            DiscoverySettings settings,
            LookUps lookUps,
            TimeSource time) {
        return new Snapshots(instances, live, kept, log, feed, changes, settings, lookUps, time, Schedulers.parallel());
    }
}
