package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.metrics.Family;
import dev.aicore.discovery.config.metrics.Family.Kind;
import dev.aicore.discovery.config.metrics.Family.Sample;
import dev.aicore.discovery.config.readmodel.PublishedPositions;
import dev.aicore.discovery.config.settings.ConnectionSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.settings.WatchingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.instance.InstanceColumns;
import dev.aicore.discovery.query.instance.InstanceReader;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The route of watching, and what waits for changes on behalf of others. */
@Configuration(proxyBeanMethods = false)
@Import(SettingsConfiguration.class)
public class WatchingConfiguration {

    /** Beyond that, what is kept of services is read once more than it had to be. */
    private static final int MOST_SERVICES_REMEMBERED = 100_000;

    /** How long a read of changes waits for the tables before it is tried again. */
    private static final Duration LONGEST_FOLD = Duration.ofSeconds(5);

    @Bean
    ChangesReader changesReader(Database database, InstanceColumns columns) {
        return new ChangesReader(database, columns);
    }

    @Bean
    LastChanges lastChanges(TimeSource time) {
        return new LastChanges(MOST_SERVICES_REMEMBERED, time);
    }

    @Bean
    Seats watchersSeats(WatchingSettings settings, ConnectionSettings connections) {
        return new Seats(settings.mostWatchers(), connections.maxOfAddress(settings.mostWatchers()));
    }

    @Bean
    Changes changes(
            ChangesReader reader,
            LiveChanges live,
            Visibility visibility,
            ObjectProvider<PublishedPositions> published,
            WatchingSettings settings) {
        // Without projections in this process, positions come from the tables themselves.
        LongFunction<Mono<Void>> visible = published.stream().findAny().isEmpty()
                ? position -> Mono.empty()
                : position -> visibility.reached(new Wanted(position, LONGEST_FOLD), InstanceReader.PROJECTIONS);
        return new Changes(reader, live, visible, settings.mostWatchers(), Schedulers.parallel());
    }

    @Bean
    ServiceChanges serviceChanges(Feed feed, Changes changes) {
        return new ServiceChanges(feed, changes, Schedulers.parallel());
    }

    @Bean
    WatchController watchController(Feed feed, Changes changes, WatchingSettings settings) {
        return new WatchController(new Streams(feed, changes, settings.writeTimeout(), Schedulers.parallel()));
    }

    @Bean
    Family watchers(Seats seats) {
        return family(
                "service_discovery_watchers",
                Kind.GAUGE,
                "Streams and waiting answers that there are, of registry.watching.most_watchers.",
                seats::taken);
    }

    @Bean
    Family watchersRefused(Seats seats) {
        return family(
                "service_discovery_watchers_refused_total",
                Kind.COUNTER,
                "Streams and waiting answers that were refused, since there were as many as may be.",
                seats::refused);
    }

    @Bean
    EndOfStreams endOfWatching(Feed feed) {
        return new EndOfStreams(feed::close, feed::isClosed);
    }

    private static Family family(String name, Kind kind, String help, DoubleSupplier value) {
        return new Family(name, kind, help, () -> List.of(new Sample(Map.of(), value.getAsDouble())));
    }
}
