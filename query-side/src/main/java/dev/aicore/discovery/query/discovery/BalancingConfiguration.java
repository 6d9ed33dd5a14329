package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.balancing.PanicPolicy;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.settings.HeapShare;
import dev.aicore.discovery.config.settings.LoadBalancerSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.telemetry.MetricFamily;
import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.discovery.DiscoveryService.PickRecorder;
import dev.aicore.discovery.query.discovery.counts.DiscoveryCounter;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotService;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import dev.aicore.discovery.query.instance.ServiceInstanceLookup;
import dev.aicore.discovery.query.watching.ServiceChangeWaiter;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures the discovery route. */
@Configuration(proxyBeanMethods = false)
@Import(SettingsConfiguration.class)
public class BalancingConfiguration {

    /** Maximum size of the rotation states in bytes; enough for about 200,000 services, if the heap permits. */
    static final long MAX_ROTATION_STATE_BYTES =
            Math.min(80_000_000, HeapShare.ofPercent(4).toBytes());

    private static final int MAX_SERVICES_COUNTED = 1_000;

    @Bean
    InstanceSelector instanceSelector(RandomGenerator random, ServiceLoadCache loads, DiscoverySettings settings) {
        return new InstanceSelector(
                new PanicPolicy(settings.panicThreshold()),
                new InstanceOrdering(MAX_ROTATION_STATE_BYTES, loads, random));
    }

    @Bean
    DiscoverableInstances discoverableInstances(DiscoverySettings settings) {
        return new DiscoverableInstances(new PanicPolicy(settings.panicThreshold()));
    }

    @Bean
    DiscoverMetrics discoverMetrics() {
        return new DiscoverMetrics(MAX_SERVICES_COUNTED);
    }

    @Bean
    MetricFamily discoverMetricFamily(DiscoverMetrics metrics) {
        return new MetricFamily(
                "service_discovery_load_balancer_requests",
                Kind.COUNTER,
                "Discoveries by strategy and service.",
                metrics::samples);
    }

    @Bean
    DiscoveryService discoveryService(
            SnapshotService snapshotService,
            ServiceChangeWaiter changes,
            AsOfResolver asOfResolver,
            AsOfInstanceReader asOfReader,
            ServiceInstanceLookup instances,
            InstanceSelector instanceSelector,
            DiscoverMetrics metrics,
            PickRecorder recorder,
            DiscoveryCounter counter,
            TimeSource time) {
        return new DiscoveryService(
                snapshotService,
                changes,
                new AsOfDiscoveryService(asOfResolver, asOfReader, instanceSelector),
                new LargeServiceSelector(instances),
                instanceSelector,
                metrics,
                recorder,
                counter,
                time);
    }

    @Bean
    DiscoverController discoverController(DiscoveryService discoveryService, LoadBalancerSettings settings) {
        return new DiscoverController(discoveryService, new DiscoverRequestParser(defaultStrategy(settings)));
    }

    private static BalancingStrategy defaultStrategy(LoadBalancerSettings settings) {
        return Objects.requireNonNull(DiscoverRequest.STRATEGIES.get(settings.defaultStrategy()));
    }
}
