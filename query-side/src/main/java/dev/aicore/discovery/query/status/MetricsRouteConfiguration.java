package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.StatusView.Registry;
import dev.aicore.discovery.config.metrics.Exposition;
import dev.aicore.discovery.config.metrics.Family;
import dev.aicore.discovery.config.metrics.Family.Kind;
import dev.aicore.discovery.config.metrics.MetricsConfiguration;
import dev.aicore.discovery.config.settings.MetricsSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
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

/** The route of metrics, and how much is registered. */
@Configuration(proxyBeanMethods = false)
@Import(SettingsConfiguration.class)
@ConditionalOnProperty(name = MetricsConfiguration.ENABLED, matchIfMissing = true)
public class MetricsRouteConfiguration {

    private static final String HEALTHY = "healthy";

    @Bean
    RegistryCounts registryCounts(StatusReader reader, TimeSource time) {
        return new RegistryCounts(reader.registry(), time);
    }

    /** What is registered with one request is called a service in the name of this metric; elsewhere it is an instance. */
    @Bean
    Family registeredServices(RegistryCounts counts) {
        return new Family(
                "service_discovery_services_total",
                Kind.GAUGE,
                "Registered instances of all services, whatever their status.",
                () -> counts.sample(Registry::instances));
    }

    @Bean
    Family healthyServices(RegistryCounts counts) {
        return new Family(
                "service_discovery_healthy_services",
                Kind.GAUGE,
                "Registered instances whose status is healthy.",
                () -> counts.sample(registry ->
                        Objects.requireNonNullElse(registry.byStatus().get(HEALTHY), 0L)));
    }

    @Bean
    Family overdueInstances(RegistryCounts counts) {
        return new Family(
                "service_discovery_overdue_instances",
                Kind.GAUGE,
                "Instances that are silent and held back, as too many of their service fell silent at once.",
                () -> counts.sample(Registry::overdue));
    }

    @Bean
    Family dampedInstances(RegistryCounts counts) {
        return new Family(
                "service_discovery_damped_instances",
                Kind.GAUGE,
                "Unhealthy instances that turned too often of late, and need longer to come back.",
                () -> counts.sample(Registry::damped));
    }

    @Bean
    InitializingBean metricsRoute(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes,
            MetricsSettings settings,
            Exposition exposition,
            RegistryCounts counts) {
        return () -> routes.registerMapping(
                RequestMappingInfo.paths(settings.path())
                        .methods(RequestMethod.GET)
                        .build(),
                new MetricsController(exposition, counts),
                MetricsController.ANSWER);
    }
}
