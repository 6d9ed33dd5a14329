package dev.aicore.discovery.spring.actuate;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.spring.RegistryClientAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the endpoint {@code discovery}. */
@AutoConfiguration(after = RegistryClientAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(RegistryClient.class)
@ConditionalOnAvailableEndpoint(DiscoveryEndpoint.class)
public class DiscoveryEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DiscoveryEndpoint discoveryEndpoint(RegistryClient client) {
        return new DiscoveryEndpoint(client::status, client::service, client::explanation);
    }
}
