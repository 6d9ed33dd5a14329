package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.spring.ConditionalOnRegistry;
import dev.aicore.discovery.spring.InstanceRegistration;
import dev.aicore.discovery.spring.RegistrationAutoConfiguration;
import dev.aicore.discovery.spring.RegistryProperties;
import dev.aicore.discovery.spring.RegistryProperties.Config.Refresh;
import java.time.Duration;
import java.util.List;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the watches of imported configurations. */
@AutoConfiguration(after = RegistrationAutoConfiguration.class)
@ConditionalOnRegistry
public class ConfigurationWatchAutoConfiguration {
    private static final Duration WAIT = Duration.ofSeconds(30);

    @Bean
    ConfigurationWatches configurationWatches(
            RegistryClient client,
            ConfigurableApplicationContext context,
            ObjectProvider<InstanceRegistration> registration,
            RegistryProperties properties) {
        if (properties.config().refresh() == Refresh.OFF) {
            return new ConfigurationWatches(List.of());
        }
        var file = ConfigurationFile.of(properties, LogFactory.getLog(ConfigurationFile.class));
        var update = new ConfigurationUpdate(
                context,
                context::publishEvent,
                (key, value) -> registration.ifAvailable(own -> own.addMetadata(key, value)),
                configuration -> file.save(configuration, null));
        return new ConfigurationWatches(context.getEnvironment().getPropertySources().stream()
                .filter(RegistryPropertySource.class::isInstance)
                .map(RegistryPropertySource.class::cast)
                .filter(source -> !source.isFixed())
                .map(source -> new ConfigurationWatch(
                        (service, index) -> client.awaitConfiguration(service, index, WAIT), update, source))
                .toList());
    }

    /** Refresh by Spring Cloud, whose classes may be absent. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EnvironmentChangeEvent.class)
    @ConditionalOnProperty(name = "service-discovery.config.refresh", havingValue = "spring", matchIfMissing = true)
    static class CloudRefreshConfiguration {

        @Bean
        CloudRefresh cloudRefresh(ApplicationContext context, ObjectProvider<RefreshScope> refreshScope) {
            return new CloudRefresh(context, refreshScope);
        }
    }
}
