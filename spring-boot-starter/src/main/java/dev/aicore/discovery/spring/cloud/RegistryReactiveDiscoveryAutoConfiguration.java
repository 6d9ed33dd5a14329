package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.RegistryClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the reactive discovery client, where Reactor and WebClient are present. */
@AutoConfiguration(
        after = RegistryDiscoveryAutoConfiguration.class,
        beforeName = {
            "org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration",
            "org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClientAutoConfiguration",
            "org.springframework.cloud.client.discovery.composite.reactive"
                    + ".ReactiveCompositeDiscoveryClientAutoConfiguration"
        })
@ConditionalOnClass(ReactiveDiscoveryClient.class)
@ConditionalOnBean(ServiceLookup.class)
@ConditionalOnReactiveDiscoveryEnabled
public class RegistryReactiveDiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RegistryReactiveDiscoveryClient registryReactiveDiscoveryClient(
            ServiceLookup services, ServiceNames names, RegistryClient client) {
        return new RegistryReactiveDiscoveryClient(services, names, client::status);
    }
}
