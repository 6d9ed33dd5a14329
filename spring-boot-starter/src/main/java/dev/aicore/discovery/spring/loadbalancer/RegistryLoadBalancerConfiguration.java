package dev.aicore.discovery.spring.loadbalancer;

import dev.aicore.discovery.spring.cloud.ServiceLookup;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;

/**
 * Configuration of each service's child context. The order of default configurations is undefined, so that a user's own
 * bean may be defined after ours. As fallbacks, ours then lose nevertheless.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(DefaultSupplierCondition.class)
class RegistryLoadBalancerConfiguration {

    @Bean
    @Fallback
    @ConditionalOnMissingBean
    ServiceInstanceListSupplier registryInstanceListSupplier(Environment environment, ServiceLookup services) {
        return new RegistryInstanceListSupplier(LoadBalancerClientFactory.getName(environment), services);
    }

    @Bean
    @Fallback
    @ConditionalOnMissingBean
    ReactorLoadBalancer<ServiceInstance> registryLoadBalancer(
            Environment environment, ServiceLookup services, ObjectProvider<ServiceInstanceListSupplier> suppliers) {
        return new RegistryLoadBalancer(LoadBalancerClientFactory.getName(environment), services, suppliers);
    }
}
