package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.metrics.Family;
import dev.aicore.discovery.config.metrics.Family.Kind;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.settings.HeapShare;
import dev.aicore.discovery.config.settings.LoadBalancerSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.instance.PastReader;
import dev.aicore.discovery.query.instance.ServiceInstances;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.snapshot.Snapshots;
import dev.aicore.discovery.query.watching.ServiceChanges;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The route of discovery. */
@Configuration(proxyBeanMethods = false)
@Import(SettingsConfiguration.class)
public class BalancingConfiguration {

    /** Of some 200,000 services, as far as the heap goes. */
    static final long MOST_BYTES_OF_TURNS =
            Math.min(80_000_000, HeapShare.ofPercent(4).toBytes());

    private static final int MOST_SERVICES_COUNTED = 1_000;

    @Bean
    Discovery discovery(RandomGenerator random, ServiceLoads loads, DiscoverySettings settings) {
        return new Discovery(
                new PanicPolicy(settings.panicThreshold()), new Orders(MOST_BYTES_OF_TURNS, loads, random));
    }

    @Bean
    PickCounts pickCounts() {
        return new PickCounts(MOST_SERVICES_COUNTED);
    }

    @Bean
    Family balancerRequests(PickCounts counts) {
        return new Family(
                "service_discovery_load_balancer_requests",
                Kind.COUNTER,
                "Discoveries by strategy and service.",
                counts::samples);
    }

    @Bean
    Discovering discovering(
            Snapshots snapshots,
            ServiceChanges changes,
            Moments moments,
            PastReader past,
            ServiceInstances instances,
            Discovery discovery,
            PickCounts counts,
            PickTally tally,
            TimeSource time) {
        return new Discovering(
                snapshots,
                changes,
                new PastDiscovering(moments, past, discovery),
                new LargeServices(instances),
                discovery,
                counts,
                tally,
                time);
    }

    @Bean
    DiscoverController discoverController(Discovering discovering, LoadBalancerSettings settings) {
        return new DiscoverController(discovering, new Requests(usual(settings)));
    }

    private static Strategy usual(LoadBalancerSettings settings) {
        return Objects.requireNonNull(Strategy.byWord().get(settings.defaultStrategy()));
    }
}
