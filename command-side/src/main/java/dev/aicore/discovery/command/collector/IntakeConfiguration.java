package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.config.axon.StrongCache;
import dev.aicore.discovery.config.eventstore.AppendLane;
import dev.aicore.discovery.config.eventstore.StoreReader;
import dev.aicore.discovery.config.settings.LeaseSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.status.ReadinessProbe;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.ConnectionCounts;
import dev.aicore.discovery.config.web.EventLoopProbe;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;

/** The way in, which opens once the store is claimed and every shard has answered or failed. */
@Configuration(proxyBeanMethods = false)
public class IntakeConfiguration {

    /** Not before the shards listen on the bus. */
    @Bean(initMethod = "start")
    Intake intake(
            WriteSettings settings,
            ShardLoadSettings loading,
            RegistrationSettings registration,
            LeaseSettings leases,
            CommandBus bus,
            Registration shardSubscription,
            EventStorageEngine engine,
            StoreReader store,
            AppendLane lane,
            TimeSource time,
            ConnectionCounts connections,
            EventLoopProbe loops) {
        bus.registerHandlerInterceptor(new KeyInterceptor());
        var head = store.head();
        var clock = new LeaseClock(time, head.recordedAt());
        var intake = new Intake(
                head.shards(),
                settings,
                loading,
                registration.maxInstances(),
                leases.pauseTolerance(),
                new ShardOpening(new CommandBusDispatch(bus, lane::requireAvailable), bus, engine, head.shards()),
                clock,
                time,
                new Reception(
                        connections::refusals,
                        loops::allRead,
                        registration.defaultTtl().multipliedBy(leases.silenceFactor())));
        lane.addListener(new OutageWatch(intake));
        return intake;
    }

    /** By then the server listens: what the node had to do before it did is no silence of its instances. */
    @Bean
    ApplicationListener<ContextRefreshedEvent> leaseWatch(Intake intake) {
        return refreshed -> intake.watch();
    }

    @Bean
    ReadinessProbe storeProbe(AppendLane lane) {
        return ReadinessProbe.of("event_store", () -> lane.isAvailable() ? "" : "The event store can't be written.");
    }

    @Bean
    StatusSource intakeStatus(Intake intake, StrongCache shards) {
        return () -> intake.status(shards.misses());
    }
}
