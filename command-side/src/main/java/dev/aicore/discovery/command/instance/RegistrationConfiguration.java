package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.shard.DeclarationMerger;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.telemetry.HealthCheckCounters;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.IncompleteBodyLimit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the routes that write instances. */
@Configuration(proxyBeanMethods = false)
public class RegistrationConfiguration {

    @Bean
    DeclarationParser declarationParser(RegistrationSettings registration, HealthCheckSettings healthChecks) {
        return new DeclarationParser(registration, new HealthCheckParser(healthChecks));
    }

    @Bean
    DeclarationMerger declarationMerger(DeclarationParser parser) {
        return new MergePatchApplier(parser);
    }

    @Bean
    RegistrationService registrationService(
            CommandGateway commandGateway,
            IdempotentExecutor executor,
            DeclarationParser parser,
            HealthCheckCounters checks) {
        return new RegistrationService(commandGateway, executor, parser, checks);
    }

    @Bean
    RegistrationController registrationController(
            CommandGateway commandGateway,
            IdempotentExecutor executor,
            RegistrationService registrations,
            HealthCheckSettings checks,
            RegistrationSettings registration,
            IncompleteBodyLimit bodyLimit) {
        return new RegistrationController(
                commandGateway,
                executor,
                registrations,
                checks.renewLeases(),
                registration.heartbeatInterval(),
                bodyLimit);
    }

    @Bean
    UpdateController updateController(
            CommandGateway commandGateway,
            IdempotentExecutor executor,
            HealthCheckSettings checks,
            IncompleteBodyLimit bodyLimit) {
        return new UpdateController(commandGateway, executor, checks.renewLeases(), bodyLimit);
    }

    @Bean
    BatchHeartbeatController batchHeartbeatController(
            CommandGateway commandGateway, HealthCheckCounters checks, IncompleteBodyLimit bodyLimit, TimeSource time) {
        return new BatchHeartbeatController(commandGateway, checks, bodyLimit, time);
    }

    @Bean
    HeartbeatController heartbeatController(
            CommandGateway commandGateway, HealthCheckCounters checks, IncompleteBodyLimit bodyLimit, TimeSource time) {
        return new HeartbeatController(commandGateway, checks, bodyLimit, time);
    }
}
