package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.shard.Merge;
import dev.aicore.discovery.config.metrics.HealthCheckCounts;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
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
    RegistrationController registrationController(Intake intake, DeclarationForm form, TimeSource time) {
        return new RegistrationController(intake, form, time);
    }

    @Bean
    UpdateController updateController(Intake intake, TimeSource time) {
        return new UpdateController(intake, time);
    }

    @Bean
    ManyHeartbeatsController manyHeartbeatsController(Intake intake, TimeSource time) {
        return new ManyHeartbeatsController(intake, time);
    }

    @Bean
    HeartbeatController heartbeatController(Intake intake, HealthCheckCounts checks, TimeSource time) {
        return new HeartbeatController(intake, checks, time);
    }
}
