package dev.aicore.discovery.spring;

import dev.aicore.discovery.client.RegistryClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the registry's client. The properties are bound without a registry, too, so that a misspelt
 * {@code service-discovery.url} fails the start.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@EnableConfigurationProperties(RegistryProperties.class)
public class RegistryClientAutoConfiguration {

    @Bean
    @ConditionalOnRegistry
    @ConditionalOnMissingBean
    RegistryClient registryClient(
            RegistryProperties properties, Environment environment, ObjectProvider<SslBundles> bundles) {
        return RegistryClientFactory.open(
                properties,
                environment.getProperty("spring.application.name", "application"),
                name -> bundles.getObject().getBundle(name));
    }

    /** Waits for required lists; without any, it returns immediately. */
    @Bean
    @ConditionalOnRegistry
    RequiredServicesRunner requiredServicesRunner(RegistryProperties properties, RegistryClient client) {
        return new RequiredServicesRunner(
                properties.discovery().required(),
                client::service,
                properties.discovery().startWait());
    }
}
