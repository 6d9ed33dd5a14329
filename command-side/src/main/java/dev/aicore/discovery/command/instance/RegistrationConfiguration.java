package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.command.shard.Merge;
import dev.aicore.discovery.config.metrics.HealthCheckCounts;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes that write. */
@Configuration(proxyBeanMethods = false)
public class RegistrationConfiguration {

    @Bean
    DeclarationForm declarationForm(RegistrationSettings registration, HealthCheckSettings healthChecks) {
        return new DeclarationForm(registration, new HealthCheckForm(healthChecks));
    }

    @Bean
    Merge declarationMerge(DeclarationForm form) {
        return new DeclarationMerge(form);
    }

    @Bean
    RegistrationController registrationController(
            Intake intake,
            Once once,
            DeclarationForm form,
            HealthCheckSettings checks,
            RegistrationSettings registration,
            ServerSettings server) {
        return new RegistrationController(
                intake, once, form, checks.renewLeases(), registration.heartbeatInterval(), server.receiveTimeout());
    }

    @Bean
    UpdateController updateController(Intake intake, Once once, HealthCheckSettings checks, ServerSettings server) {
        return new UpdateController(intake, once, checks.renewLeases(), server.receiveTimeout());
    }

    @Bean
    ManyHeartbeatsController manyHeartbeatsController(Intake intake, ServerSettings server, TimeSource time) {
        return new ManyHeartbeatsController(intake, server.receiveTimeout(), time);
    }

    @Bean
    HeartbeatController heartbeatController(
            Intake intake, HealthCheckCounts checks, ServerSettings server, TimeSource time) {
        return new HeartbeatController(intake, checks, server.receiveTimeout(), time);
    }
}
