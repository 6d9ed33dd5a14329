package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.spring.ConditionalOnRegistry;
import dev.aicore.discovery.spring.RegistryClientAutoConfiguration;
import dev.aicore.discovery.spring.RegistryProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Auto-configuration of Spring Cloud's discovery clients, before those that serve only static lists. */
@AutoConfiguration(
        after = RegistryClientAutoConfiguration.class,
        beforeName = {
            "org.springframework.cloud.client.CommonsClientAutoConfiguration",
            "org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration",
            "org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClientAutoConfiguration",
            "org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration",
            "org.springframework.cloud.client.discovery.composite.reactive"
                    + ".ReactiveCompositeDiscoveryClientAutoConfiguration"
        })
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnRegistry
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "service-discovery.discovery.enabled", matchIfMissing = true)
public class RegistryDiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ServiceLookup serviceLookup(RegistryClient client, RegistryProperties properties, Environment environment) {
        var zone = properties.registration().zone();
        return new ServiceLookup(
                client::service,
                properties,
                zone != null ? zone : environment.getProperty("spring.cloud.loadbalancer.zone"));
    }

    @Bean
    ServiceNames serviceNames(RegistryClient client) {
        return new ServiceNames(client::serviceNames, System::nanoTime);
    }

    @Bean
    @ConditionalOnMissingBean
    ServiceNamesWatch serviceNamesWatch(
            ServiceNames names, RegistryProperties properties, ApplicationEventPublisher events) {
        return new ServiceNamesWatch(
                names::get,
                change -> events.publishEvent(new HeartbeatEvent(names, change)),
                properties.discovery().namesInterval());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBlockingDiscoveryEnabled
    static class BlockingConfiguration {

        @Bean
        @ConditionalOnMissingBean
        RegistryDiscoveryClient registryDiscoveryClient(
                ServiceLookup services, ServiceNames names, RegistryClient client) {
            return new RegistryDiscoveryClient(services, names, client::status);
        }
    }
}
