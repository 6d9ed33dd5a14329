package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes that write. */
@Configuration(proxyBeanMethods = false)
public class RegistrationConfiguration {

    @Bean
    RegistrationController registrationController(
            Intake intake, RegistrationSettings registration, HealthCheckSettings healthChecks, TimeSource time) {
        return new RegistrationController(
                intake, new DeclarationForm(registration, new HealthCheckForm(healthChecks)), time);
    }

    @Bean
    HeartbeatController heartbeatController(Intake intake, TimeSource time) {
        return new HeartbeatController(intake, time);
    }
}
