package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.command.batching.InboundTrafficMonitor.InboundTraffic;
import dev.aicore.discovery.config.settings.LeaseSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.status.ReadinessIndicator;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.status.WriteReadinessIndicator;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.ClaimFollower;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.eventstore.axon.StrongCache;
import dev.aicore.discovery.web.ConnectionCounters;
import dev.aicore.discovery.web.EventLoopBarrier;
import io.micrometer.core.instrument.MeterRegistry;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Configures the command gateway. It accepts requests once this node has claimed the store, and each shard is loaded or
 * failed.
 */
@Configuration(proxyBeanMethods = false)
public class CommandGatewayConfiguration {

    /**
     * Depends on the shard subscription, so that it is closed before the shards are unsubscribed from the command bus.
     */
    @Bean
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
            EventLoopBarrier loops,
            ObjectProvider<TraceRecorder> tracing) {
        bus.registerHandlerInterceptor(new IdempotencyInterceptor());
        int shards = store.head().shards();
        var recorder = tracing.getIfAvailable(TraceRecorder::disabled);
        var initializer = new ShardInitializer(
                new CommandBusDispatcher(bus, appender::requireAvailable, appender::requireOwnership),
                bus,
                engine,
                shards);
        var dispatcher = recorder.isEnabled() ? new TracingShardDispatcher(initializer, recorder) : initializer;
        var inboundTraffic = new InboundTraffic(
                connections::refusals,
                loops::awaitReads,
                registration.defaultTtl().multipliedBy(leases.maxSilenceTtls()));
        var commandGateway = new CommandGateway(
                shards,
                outcomePublisher -> new OwnedShards(
                        shards,
                        settings,
                        loading,
                        registration.maxInstances(),
                        leases.pauseTolerance(),
                        dispatcher,
                        new LeaseClock(time, store.head().recordedAt()),
                        time,
                        inboundTraffic,
                        outcomePublisher),
                appender::requireOwnership,
                time);
        appender.addListener(new StoreOutageListener(commandGateway));
        return commandGateway;
    }

    @Bean(initMethod = "start")
    ClaimFollower shardOwnership(SingleWriterAppender appender, StrongCache shards, CommandGateway commandGateway) {
        return new ClaimFollower("shard-ownership", appender, new ShardOwnership(shards, commandGateway));
    }

    @Bean
    AppendMetrics appendMetrics(MeterRegistry registry, SingleWriterAppender appender) {
        return new AppendMetrics(registry, () -> appender.claim() != 0);
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
                "event_store",
                () -> appender.isAvailable() || appender.claim() == 0 ? "" : "The event store is not writable.");
    }

    @Bean
    WriteReadinessIndicator writeReadinessIndicator(SingleWriterAppender appender, CommandGateway commandGateway) {
        return () -> {
            if (!commandGateway.isOwner()) {
                return "Another node owns the event store, or this node is about to take it over.";
            }
            return appender.isAvailable() ? "" : "The event store is not writable.";
        };
    }

    @Bean
    StatusSource commandGatewayStatus(CommandGateway commandGateway, StrongCache shards) {
        return () -> commandGateway.status(shards.misses());
    }
}
