package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.command.batching.InboundTrafficMonitor.InboundTraffic;
import dev.aicore.discovery.config.settings.LeaseSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.status.ReadinessIndicator;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.eventstore.axon.StrongCache;
import dev.aicore.discovery.web.ConnectionCounters;
import dev.aicore.discovery.web.EventLoopBarrier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Configures the command gateway. It starts after the store is claimed by this writer, and accepts requests once each
 * shard is loaded or failed.
 */
@Configuration(proxyBeanMethods = false)
public class CommandGatewayConfiguration {

    /**
     * Depends on the shard subscription, so that the shards are subscribed to the command bus before the gateway
     * starts.
     */
    @Bean(initMethod = "start")
    CommandGateway shardCommandGateway(
            WriteSettings settings,
            ShardLoadSettings loading,
            RegistrationSettings registration,
            LeaseSettings leases,
            CommandBus bus,
            Registration shardSubscription,
            EventStorageEngine engine,
            StoreReader store,
            SingleWriterAppender appender,
            TimeSource time,
            ConnectionCounters connections,
            EventLoopBarrier loops) {
        bus.registerHandlerInterceptor(new IdempotencyInterceptor());
        var storeHead = store.head();
        var clock = new LeaseClock(time, storeHead.recordedAt());
        var intake = new CommandGateway(
                storeHead.shards(),
                settings,
                loading,
                registration.maxInstances(),
                leases.pauseTolerance(),
                new ShardInitializer(
                        new CommandBusDispatcher(bus, appender::requireAvailable), bus, engine, storeHead.shards()),
                clock,
                time,
                new InboundTraffic(
                        connections::refusals,
                        loops::awaitReads,
                        registration.defaultTtl().multipliedBy(leases.maxSilenceTtls())));
        appender.addListener(new StoreOutageListener(intake));
        return intake;
    }

    /**
     * Starts lease expiry after the server listens: the time that the node needs for its start does not count as
     * silence of instances.
     */
    @Bean
    ApplicationListener<ContextRefreshedEvent> leaseExpiryStarter(CommandGateway commandGateway) {
        return refreshed -> commandGateway.watch();
    }

    @Bean
    ReadinessIndicator storeReadinessIndicator(SingleWriterAppender appender) {
        return ReadinessIndicator.of(
                "event_store", () -> appender.isAvailable() ? "" : "The event store is not writable.");
    }

    @Bean
    StatusSource commandGatewayStatus(CommandGateway commandGateway, StrongCache shards) {
        return () -> commandGateway.status(shards.misses());
    }
}
