package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.command.shard.Merge;
import dev.aicore.discovery.config.metrics.HealthCheckCounts;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.PendingBodies;
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
            PendingBodies bodies) {
        return new RegistrationController(
                intake, once, form, checks.renewLeases(), registration.heartbeatInterval(), bodies);
    }

    @Bean
    UpdateController updateController(Intake intake, Once once, HealthCheckSettings checks, PendingBodies bodies) {
        return new UpdateController(intake, once, checks.renewLeases(), bodies);
    }

    @Bean
    ManyHeartbeatsController manyHeartbeatsController(Intake intake, PendingBodies bodies, TimeSource time) {
        return new ManyHeartbeatsController(intake, bodies, time);
    }

    @Bean
    HeartbeatController heartbeatController(
            Intake intake, HealthCheckCounts checks, PendingBodies bodies, TimeSource time) {
        return new HeartbeatController(intake, checks, bodies, time);
    }
}
