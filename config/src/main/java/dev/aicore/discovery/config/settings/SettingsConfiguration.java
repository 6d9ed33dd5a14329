package dev.aicore.discovery.config.settings;

import dev.aicore.discovery.config.settings.AuthSettings.ApiKeySettings;
import dev.aicore.discovery.config.settings.AuthSettings.DenialSettings;
import dev.aicore.discovery.config.settings.AuthSettings.LoginSettings;
import dev.aicore.discovery.config.settings.AuthSettings.SessionSettings;
import dev.aicore.discovery.config.settings.EventStoreSettings.SpaceSettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings.DampingSettings;
import dev.aicore.discovery.config.settings.MonitoringSettings.MetricsSettings;
import dev.aicore.discovery.config.settings.MonitoringSettings.TracingSettings;
import dev.aicore.discovery.config.settings.ServerSettings.ProxySettings;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/**
 * Registers each settings record as a bean. A process that imports this class has all settings. The order of the
 * records is that of the documentation. The records of a section are next to each other, and those of its subsections
 * follow them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    ProcessSettings.class,
    ServerSettings.class,
    ConnectionSettings.class,
    ProxySettings.class,
    TlsSettings.class,
    CorsSettings.class,
    RateSettings.class,
    ClusterSettings.class,
    RegistrationSettings.class,
    LeaseSettings.class,
    DiscoverySettings.class,
    DiscoveryCountSettings.class,
    WatchingSettings.class,
    KeyValueSettings.class,
    HealthCheckSettings.class,
    DampingSettings.class,
    CircuitBreakerSettings.class,
    DialectSettings.class,
    EurekaSettings.class,
    ConsulSettings.class,
    PrometheusSettings.class,
    DnsSettings.class,
    XdsSettings.class,
    BridgeSettings.class,
    AxonServerSettings.class,
    OutboundSettings.class,
    LoadBalancerSettings.class,
    WriteSettings.class,
    EventStoreSettings.class,
    ShardLoadSettings.class,
    IdempotencySettings.class,
    RetentionSettings.class,
    SpaceSettings.class,
    ProjectionSettings.class,
    QuotaSettings.class,
    PostgresSettings.class,
    RedisSettings.class,
    RedisTlsSettings.class,
    AuthSettings.class,
    JwtSettings.class,
    IssuerSettings.class,
    ApiKeySettings.class,
    LoginSettings.class,
    SessionSettings.class,
    DenialSettings.class,
    RbacSettings.class,
    MetricsSettings.class,
    TracingSettings.class,
    LoggingSettings.class
})
public class SettingsConfiguration {

    static List<Class<?>> records() {
        EnableConfigurationProperties enabled =
                Objects.requireNonNull(SettingsConfiguration.class.getAnnotation(EnableConfigurationProperties.class));
        return List.of(enabled.value());
    }
}
