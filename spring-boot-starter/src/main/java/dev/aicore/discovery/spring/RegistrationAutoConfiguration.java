package dev.aicore.discovery.spring;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.spring.InstanceDeclaration.ApplicationFacts;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Auto-configuration of the registration of this process. */
@AutoConfiguration(after = {RegistryClientAutoConfiguration.class, ProjectInfoAutoConfiguration.class})
@ConditionalOnRegistry
@ConditionalOnBooleanProperty(name = "service-discovery.registration.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "spring.cloud.service-registry.auto-registration.enabled", matchIfMissing = true)
public class RegistrationAutoConfiguration {
    private static final String ENDPOINTS =
            "org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties";

    @Bean
    InstanceDeclaration instanceDeclaration(
            RegistryProperties properties,
            ObjectProvider<ListeningPorts> ports,
            ObjectProvider<BuildProperties> build,
            Environment environment) {
        var facts = new ApplicationFacts(
                environment.getProperty("spring.application.name"),
                build.stream().map(BuildProperties::getVersion).findFirst().orElse(null),
                isSecure(environment),
                managementPath(environment));
        return new InstanceDeclaration(properties, ports.getIfAvailable(() -> new ListeningPorts() {}), facts);
    }

    private static boolean isSecure(Environment environment) {
        return environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && (environment.containsProperty("server.ssl.bundle")
                        || environment.containsProperty("server.ssl.key-store")
                        || environment.containsProperty("server.ssl.certificate"));
    }

    private static @Nullable String managementPath(Environment environment) {
        return ClassUtils.isPresent(ENDPOINTS, RegistrationAutoConfiguration.class.getClassLoader())
                ? environment.getProperty("management.server.base-path", "")
                        + environment.getProperty("management.endpoints.web.base-path", "/actuator")
                : null;
    }

    @Bean
    @ConditionalOnMissingBean
    InstanceRegistration instanceRegistration(
            RegistryClient client,
            RegistryProperties properties,
            InstanceDeclaration declaration,
            ObjectProvider<RegistrationHook> hooks) {
        var failFast = properties.registration().failFast();
        return new InstanceRegistration(
                failFast ? client::register : client::registerInBackground,
                declaration::instance,
                hooks.orderedStream().toList(),
                failFast);
    }

    @Bean
    AnnounceLifecycle announceLifecycle(
            InstanceRegistration registration,
            ObjectProvider<InstanceHealth> health,
            ApplicationAvailability availability,
            ApplicationContext context,
            RegistryProperties properties) {
        var reporter = new HealthReporter(
                health.getIfAvailable(() -> () -> isAcceptingTraffic(availability)),
                registration::report,
                properties.registration().healthInterval());
        return new AnnounceLifecycle(
                registration, reporter, context, properties.drain().duration());
    }

    private static boolean isAcceptingTraffic(ApplicationAvailability availability) {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    @Bean
    LeaveLifecycle leaveLifecycle(InstanceRegistration registration) {
        return new LeaveLifecycle(registration);
    }

    /** Web servers, whose classes may be absent. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebServerInitializedEvent.class)
    static class ServerPortsConfiguration {

        @Bean
        ServerPorts serverPorts() {
            return new ServerPorts();
        }
    }
}
