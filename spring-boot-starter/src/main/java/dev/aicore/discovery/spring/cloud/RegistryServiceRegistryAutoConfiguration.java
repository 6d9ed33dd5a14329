package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.spring.ConditionalOnRegistry;
import dev.aicore.discovery.spring.InstanceDeclaration;
import dev.aicore.discovery.spring.RegistrationAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of Spring Cloud's service registry. */
@AutoConfiguration(
        after = RegistrationAutoConfiguration.class,
        beforeName = {
            "org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration",
            "org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration"
        })
@ConditionalOnClass(ServiceRegistry.class)
@ConditionalOnRegistry
public class RegistryServiceRegistryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RegistryServiceRegistry registryServiceRegistry(RegistryClient client) {
        return new RegistryServiceRegistry(client::registerInBackground);
    }

    /** Registration of this process, unless it is turned off. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(InstanceDeclaration.class)
    static class OwnRegistrationConfiguration {

        @Bean
        @ConditionalOnMissingBean
        RegistryRegistration registryRegistration(InstanceDeclaration declaration) {
            return new RegistryRegistration(declaration.instance());
        }

        @Bean
        CloudRegistrationHook cloudRegistrationHook(
                RegistryRegistration registration,
                ObjectProvider<RegistrationLifecycle<RegistryRegistration>> lifecycles,
                ApplicationEventPublisher events) {
            return new CloudRegistrationHook(
                    registration, lifecycles.orderedStream().toList(), events);
        }
    }
}
