package dev.aicore.discovery.dialect.prometheus;

import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the route of Prometheus' discovery. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(RegistrySnapshotService.class)
@ConditionalOnProperty("service-discovery.dialects.prometheus.enabled")
public class PrometheusConfiguration {

    @Bean
    PrometheusTargetsController prometheusTargetsController(RegistrySnapshotService registry) {
        return new PrometheusTargetsController(registry);
    }
}
