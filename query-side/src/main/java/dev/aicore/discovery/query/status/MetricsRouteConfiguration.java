package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.config.settings.MonitoringSettings.MetricsSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.telemetry.MetricFamily;
import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.telemetry.MetricsConfiguration;
import dev.aicore.discovery.config.telemetry.PrometheusExporter;
import dev.aicore.discovery.config.time.TimeSource;
import java.util.Objects;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/** Configures the metrics route and the metrics of registered instances. */
@Configuration(proxyBeanMethods = false)
@Import({SettingsConfiguration.class, StatusMetricsConfiguration.class})
@ConditionalOnProperty(name = MetricsConfiguration.ENABLED, matchIfMissing = true)
public class MetricsRouteConfiguration {

    private static final String HEALTHY = "healthy";

    @Bean
    RegistryMetrics registryMetrics(StatusAssembler statusAssembler, TimeSource time) {
        return new RegistryMetrics(Mono.defer(statusAssembler::assemble), time);
    }

    /** The name of this metric calls a registered instance a service; elsewhere the term is instance. */
    @Bean
    MetricFamily registeredServices(RegistryMetrics metrics) {
        return new MetricFamily(
                "service_discovery_services_total",
                Kind.GAUGE,
                "Registered instances of all services, in any status.",
                () -> metrics.count(Registry::instances));
    }

    @Bean
    MetricFamily healthyServices(RegistryMetrics metrics) {
        return new MetricFamily(
                "service_discovery_healthy_services",
                Kind.GAUGE,
                "Registered instances whose status is healthy.",
                () -> metrics.count(registry ->
                        Objects.requireNonNullElse(registry.byStatus().get(HEALTHY), 0L)));
    }

    @Bean
    MetricFamily overdueInstances(RegistryMetrics metrics) {
        return new MetricFamily(
                "service_discovery_overdue_instances",
                Kind.GAUGE,
                "Overdue instances: silent, but not expired because of self-preservation.",
                () -> metrics.count(Registry::overdue));
    }

    @Bean
    MetricFamily dampedInstances(RegistryMetrics metrics) {
        return new MetricFamily(
                "service_discovery_damped_instances",
                Kind.GAUGE,
                "Unhealthy instances that need more passes because their health changed too often.",
                () -> metrics.count(Registry::damped));
    }

    @Bean
    InitializingBean metricsRoute(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes,
            MetricsSettings settings,
            PrometheusExporter prometheusExporter,
            RegistryMetrics metrics) {
        return () -> routes.registerMapping(
                RequestMappingInfo.paths(settings.path())
                        .methods(RequestMethod.GET)
                        .build(),
                new MetricsController(prometheusExporter, metrics),
                MetricsController.ANSWER);
    }
}
