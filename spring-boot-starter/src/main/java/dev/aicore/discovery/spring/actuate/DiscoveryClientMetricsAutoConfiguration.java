package dev.aicore.discovery.spring.actuate;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.spring.RegistryClientAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the metrics of the client. */
@AutoConfiguration(after = RegistryClientAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(RegistryClient.class)
public class DiscoveryClientMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DiscoveryClientMetrics discoveryClientMetrics(RegistryClient client) {
        return new DiscoveryClientMetrics(client::status);
    }
}
