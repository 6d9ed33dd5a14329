package dev.aicore.discovery.spring.loadbalancer;

import dev.aicore.discovery.spring.RegistryProperties;
import dev.aicore.discovery.spring.cloud.RegistryDiscoveryAutoConfiguration;
import dev.aicore.discovery.spring.cloud.ServiceLookup;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of Spring Cloud's load balancer. */
@AutoConfiguration(
        after = RegistryDiscoveryAutoConfiguration.class,
        beforeName = "org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration")
@ConditionalOnClass(ReactorServiceInstanceLoadBalancer.class)
@ConditionalOnBean(ServiceLookup.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.loadbalancer.enabled", matchIfMissing = true)
@LoadBalancerClients(defaultConfiguration = RegistryLoadBalancerConfiguration.class)
public class RegistryLoadBalancerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "service-discovery.outcomes.enabled", matchIfMissing = true)
    OutcomeLifecycle outcomeLifecycle(ServiceLookup services, RegistryProperties properties) {
        return new OutcomeLifecycle(
                services::service, new FailureStatuses(properties.outcomes().failureStatuses()));
    }
}
