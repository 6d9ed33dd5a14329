package dev.aicore.discovery.query;

import dev.aicore.discovery.query.access.ApiKeyListConfiguration;
import dev.aicore.discovery.query.asof.AsOfConfiguration;
import dev.aicore.discovery.query.balancing.BalancingConfiguration;
import dev.aicore.discovery.query.balancing.LoadTrackingConfiguration;
import dev.aicore.discovery.query.balancing.PickStatsConfiguration;
import dev.aicore.discovery.query.cache.CacheConfiguration;
import dev.aicore.discovery.query.configuration.ConfigurationQueryConfiguration;
import dev.aicore.discovery.query.denials.DenialsConfiguration;
import dev.aicore.discovery.query.diff.DiffConfiguration;
import dev.aicore.discovery.query.events.EventsConfiguration;
import dev.aicore.discovery.query.explain.ExplainConfiguration;
import dev.aicore.discovery.query.health.InstanceHealthConfiguration;
import dev.aicore.discovery.query.history.HistoryConfiguration;
import dev.aicore.discovery.query.instance.InstanceConfiguration;
import dev.aicore.discovery.query.live.LiveConfiguration;
import dev.aicore.discovery.query.snapshot.SnapshotConfiguration;
import dev.aicore.discovery.query.status.StatusConfiguration;
import dev.aicore.discovery.query.uptime.UptimeConfiguration;
import dev.aicore.discovery.query.watching.WatchingConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures the whole query side. It uses the settings {@code spring.r2dbc.url}, {@code .username} and
 * {@code .password}. The server must provide the web layer with its authentication, a bean
 * {@link dev.aicore.discovery.api.status.NodeInfo}, and the readiness indicators and status sources of the other sides,
 * and the stores of picks and denials.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    ApiKeyListConfiguration.class,
    DenialsConfiguration.class,
    CacheConfiguration.class,
    LiveConfiguration.class,
    AsOfConfiguration.class,
    InstanceConfiguration.class,
    HistoryConfiguration.class,
    DiffConfiguration.class,
    EventsConfiguration.class,
    ExplainConfiguration.class,
    UptimeConfiguration.class,
    InstanceHealthConfiguration.class,
    SnapshotConfiguration.class,
    BalancingConfiguration.class,
    LoadTrackingConfiguration.class,
    PickStatsConfiguration.class,
    WatchingConfiguration.class,
    ConfigurationQueryConfiguration.class,
    StatusConfiguration.class
})
public class QueryConfiguration {}
