package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.settings.ConnectionSettings;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.telemetry.MetricFamily;
import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.instance.InstanceReader;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.web.NetworkConcurrencyLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Configures the watch route and the services that wait for changes. */
@Configuration(proxyBeanMethods = false)
@Import(SettingsConfiguration.class)
public class WatchingConfiguration {

    /**
     * Maximum number of changed services that are tracked; beyond it, cached snapshots are read once more than
     * necessary.
     */
    private static final int MAX_SERVICES_REMEMBERED = 100_000;

    /** Maximum time that a read of changes waits for the tables before it is retried. */
    private static final Duration MAX_FOLD = Duration.ofSeconds(5);

    @Bean
    ChangeReader changeReader(Database database, InstanceRowMapper rowMapper) {
        return new ChangeReader(database, rowMapper);
    }

    @Bean
    ChangeTracker changeTracker(TimeSource time) {
        return new ChangeTracker(MAX_SERVICES_REMEMBERED, time);
    }

    @Bean
    WatcherLimit watcherLimit(WatchingSettings settings, ConnectionSettings connections) {
        int maxFurther = settings.maxFurtherServices();
        return new WatcherLimit(
                settings.maxWatchers(),
                connections.maxPerAddress(settings.maxWatchers()),
                new NetworkConcurrencyLimit(maxFurther, (int) (maxFurther * connections.maxSharePerAddress())));
    }

    @Bean
    ServiceWatchPages serviceWatchPages(
            ChangeReader reader,
            LiveFactFeed live,
            RecentFactBuffer recent,
            RecentChangeSource recentChanges,
            DiscoverySettings discovery,
            ReadYourWritesBarrier readYourWritesBarrier,
            ObjectProvider<LocalWatermarks> published,
            WatchingSettings settings) {
        // Without projections in this process, positions come from the tables themselves.
        LongFunction<Mono<Void>> visible = published.stream().findAny().isEmpty()
                ? position -> Mono.empty()
                : position -> readYourWritesBarrier.awaitPosition(
                        new ConsistencyRequirement(position, MAX_FOLD), InstanceReader.PROJECTIONS);
        return new ServiceWatchPages(
                reader,
                new LiveChangePoller(live, recent, reader),
                recentChanges,
                discovery.panicThreshold(),
                visible,
                settings.maxWatchers(),
                Schedulers.parallel());
    }

    @Bean
    ServiceChangeWaiter serviceChangeWaiter(WatchHub watchHub, ServiceWatchPages serviceWatchPages) {
        return new ServiceChangeWaiter(watchHub, serviceWatchPages, Schedulers.parallel());
    }

    @Bean
    ReconnectSpread reconnectSpread(WatchingSettings settings, RandomGenerator random) {
        return new ReconnectSpread(settings.reconnectSpread(), random);
    }

    @Bean
    WatchController watchController(
            WatchHub watchHub,
            ServiceWatchPages serviceWatchPages,
            ReconnectSpread reconnectSpread,
            WatchingSettings settings) {
        var streams = new WatchStreamService(
                watchHub, serviceWatchPages, settings.writeTimeout(), reconnectSpread, Schedulers.parallel());
        return new WatchController(streams, serviceWatchPages);
    }

    @Bean
    MetricFamily watchers(WatcherLimit watcherLimit) {
        return family(
                "service_discovery_watchers",
                Kind.GAUGE,
                "Open watch streams and long polls, of at most registry.watching.max_watchers.",
                watcherLimit::acquired);
    }

    @Bean
    MetricFamily watchersRefused(WatcherLimit watcherLimit) {
        return family(
                "service_discovery_watchers_refused_total",
                Kind.COUNTER,
                "Watch streams and long polls refused because the maximum was reached.",
                watcherLimit::refused);
    }

    @Bean
    StreamShutdown watchShutdown(WatchHub watchHub) {
        return new StreamShutdown(watchHub::close, watchHub::isClosed);
    }

    private static MetricFamily family(String name, Kind kind, String help, DoubleSupplier value) {
        return new MetricFamily(name, kind, help, () -> List.of(new Sample(Map.of(), value.getAsDouble())));
    }
}
