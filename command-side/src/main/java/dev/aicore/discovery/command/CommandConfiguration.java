package dev.aicore.discovery.command;

import dev.aicore.discovery.command.access.ApiKeyConfiguration;
import dev.aicore.discovery.command.batching.CommandGatewayConfiguration;
import dev.aicore.discovery.command.configuration.ConfigurationCommandConfiguration;
import dev.aicore.discovery.command.configuration.KeyValueConfiguration;
import dev.aicore.discovery.command.deadletter.DeadLetterCommandConfiguration;
import dev.aicore.discovery.command.discovery.ResetPicksConfiguration;
import dev.aicore.discovery.command.health.HealthCheckConfiguration;
import dev.aicore.discovery.command.history.FactLoggerConfiguration;
import dev.aicore.discovery.command.idempotency.IdempotencyConfiguration;
import dev.aicore.discovery.command.instance.RegistrationConfiguration;
import dev.aicore.discovery.command.restore.RestoreConfiguration;
import dev.aicore.discovery.command.retention.RetentionConfiguration;
import dev.aicore.discovery.command.shard.ShardConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures the command side. Requires the event store's writer, the settings, the time source, and for its routes the
 * web configuration with access control.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    ShardConfiguration.class,
    ApiKeyConfiguration.class,
    CommandGatewayConfiguration.class,
    IdempotencyConfiguration.class,
    RegistrationConfiguration.class,
    ResetPicksConfiguration.class,
    ConfigurationCommandConfiguration.class,
    KeyValueConfiguration.class,
    DeadLetterCommandConfiguration.class,
    HealthCheckConfiguration.class,
    RestoreConfiguration.class,
    RetentionConfiguration.class,
    FactLoggerConfiguration.class
})
public class CommandConfiguration {}
