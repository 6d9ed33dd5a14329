package dev.aicore.discovery.command;

import dev.aicore.discovery.command.access.AccessBookConfiguration;
import dev.aicore.discovery.command.balancing.PicksConfiguration;
import dev.aicore.discovery.command.circuit.CircuitConfiguration;
import dev.aicore.discovery.command.collector.IntakeConfiguration;
import dev.aicore.discovery.command.configuration.VersionBookConfiguration;
import dev.aicore.discovery.command.idempotency.IdempotencyConfiguration;
import dev.aicore.discovery.command.instance.RegistrationConfiguration;
import dev.aicore.discovery.command.monitor.MonitorConfiguration;
import dev.aicore.discovery.command.readmodel.ReadModelConfiguration;
import dev.aicore.discovery.command.restore.RestoreConfiguration;
import dev.aicore.discovery.command.retention.RetentionConfiguration;
import dev.aicore.discovery.command.shard.ShardConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The whole command side. It needs the event store's writer, the settings, the time, and for its routes the web with its gate. */
@Configuration(proxyBeanMethods = false)
@Import({
    ShardConfiguration.class,
    AccessBookConfiguration.class,
    IntakeConfiguration.class,
    IdempotencyConfiguration.class,
    RegistrationConfiguration.class,
    PicksConfiguration.class,
    VersionBookConfiguration.class,
    ReadModelConfiguration.class,
    CircuitConfiguration.class,
    MonitorConfiguration.class,
    RestoreConfiguration.class,
    RetentionConfiguration.class
})
public class CommandConfiguration {}
