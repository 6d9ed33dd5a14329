package dev.aicore.discovery.spring.actuate;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.spring.InstanceHealth;
import dev.aicore.discovery.spring.RegistryClientAutoConfiguration;
import dev.aicore.discovery.spring.RegistryProperties;
import dev.aicore.discovery.spring.configdata.ImportedVersions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Auto-configuration of the health of the client, and of the health that heartbeats report. */
@AutoConfiguration(
        after = RegistryClientAutoConfiguration.class,
        afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration")
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(RegistryClient.class)
public class RegistryHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "serviceRegistryHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("service-registry")
    HealthIndicator serviceRegistryHealthIndicator(
            RegistryClient client, RegistryProperties properties, ConfigurableEnvironment environment) {
        return new RegistryHealthIndicator(
                client::status,
                properties.discovery().required(),
                properties.health().downWhen(),
                () -> ImportedVersions.of(environment));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthEndpoint.class)
    @ConditionalOnBean(HealthEndpoint.class)
    static class InstanceHealthConfiguration {

        @Bean
        @ConditionalOnMissingBean
        InstanceHealth healthGroupStatus(
                ObjectProvider<HealthEndpoint> endpoint,
                RegistryProperties properties,
                ApplicationAvailability availability) {
            return new HealthGroupStatus(endpoint, properties.registration().health(), availability);
        }
    }
}
