package dev.aicore.discovery.query;

import dev.aicore.discovery.query.access.AccessQueryConfiguration;
import dev.aicore.discovery.query.cache.CacheConfiguration;
import dev.aicore.discovery.query.configuration.ConfigurationQueryConfiguration;
import dev.aicore.discovery.query.configuration.KeyValueQueryConfiguration;
import dev.aicore.discovery.query.consistency.AsOfConfiguration;
import dev.aicore.discovery.query.discovery.BalancingConfiguration;
import dev.aicore.discovery.query.discovery.ExplainConfiguration;
import dev.aicore.discovery.query.discovery.LoadTrackingConfiguration;
import dev.aicore.discovery.query.discovery.PickStatsConfiguration;
import dev.aicore.discovery.query.discovery.counts.DiscoveryCountConfiguration;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotConfiguration;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotConfiguration;
import dev.aicore.discovery.query.health.InstanceHealthConfiguration;
import dev.aicore.discovery.query.history.HistoryConfiguration;
import dev.aicore.discovery.query.instance.InstanceConfiguration;
import dev.aicore.discovery.query.status.StatusConfiguration;
import dev.aicore.discovery.query.watching.EventsConfiguration;
import dev.aicore.discovery.query.watching.LiveConfiguration;
import dev.aicore.discovery.query.watching.WatchingConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures the whole query side. It uses the settings {@code spring.r2dbc.url}, {@code .username} and
 * {@code .password}. The server must provide the web layer with its authentication, a bean
 * {@link dev.aicore.discovery.api.status.NodeInfo}, and the readiness indicators and status sources of the other sides,
 * and the stores of picks, denials and discoveries.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    AccessQueryConfiguration.class,
    CacheConfiguration.class,
    LiveConfiguration.class,
    AsOfConfiguration.class,
    InstanceConfiguration.class,
    HistoryConfiguration.class,
    EventsConfiguration.class,
    ExplainConfiguration.class,
    InstanceHealthConfiguration.class,
    SnapshotConfiguration.class,
    RegistrySnapshotConfiguration.class,
    BalancingConfiguration.class,
    LoadTrackingConfiguration.class,
    PickStatsConfiguration.class,
    DiscoveryCountConfiguration.class,
    WatchingConfiguration.class,
    ConfigurationQueryConfiguration.class,
    KeyValueQueryConfiguration.class,
    StatusConfiguration.class
})
public class QueryConfiguration {}
