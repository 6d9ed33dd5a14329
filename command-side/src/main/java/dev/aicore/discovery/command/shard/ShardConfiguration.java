package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.config.settings.CircuitBreakerSettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings.DampingSettings;
import dev.aicore.discovery.config.settings.LeaseSettings;
import dev.aicore.discovery.config.settings.QuotaSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.eventstore.axon.LoadingRepository;
import dev.aicore.discovery.eventstore.axon.ParameterResolverFactories;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Configures the shards: command handler on the bus, repository with cache, and snapshots. */
@Configuration(proxyBeanMethods = false)
public class ShardConfiguration {

    @Bean
    ShardPolicies shardPolicies(
            RegistrationSettings registration,
            HealthCheckSettings checks,
            LeaseSettings leases,
            DampingSettings damping,
            CircuitBreakerSettings breaker,
            QuotaSettings quotas) {
        return ShardPolicies.of(registration, checks, leases, damping, breaker, quotas);
    }

    /** Returns the codec that writes snapshots, because it is the first of its type; the later ones only read. */
    @Bean
    @Order(1)
    SnapshotCodec<RegistryShard> shardSnapshots() {
        return ShardSnapshotCodec.codec();
    }

    @Bean
    @Order(2)
    SnapshotCodec<RegistryShard> shardSnapshotsWithoutDeregisterAfter() {
        return ShardSnapshotCodec.codecOfRevision(ShardSnapshotCodes.WITHOUT_DEREGISTER_AFTER);
    }

    @Bean
    @Order(3)
    SnapshotCodec<RegistryShard> shardSnapshotsWithOneStreak() {
        return ShardSnapshotCodec.codecOfRevision(ShardSnapshotCodes.WITH_ONE_STREAK);
    }

    @Bean
    @Order(4)
    SnapshotCodec<RegistryShard> shardSnapshotsWithoutChecks() {
        return ShardSnapshotCodec.codecOfRevision(ShardSnapshotCodes.WITHOUT_CHECKS);
    }

    @Bean
    @Order(5)
    SnapshotCodec<RegistryShard> shardSnapshotsWithoutAdminState() {
        return ShardSnapshotCodec.codecOfRevision(ShardSnapshotCodes.WITHOUT_ADMIN_STATE);
    }

    @Bean
    EventSourcingRepository<RegistryShard> shardRepository(
            EventStore eventStore,
            Cache cache,
            Snapshotter snapshotter,
            ShardPolicies shardPolicies,
            DeclarationMerger declarationMerger,
            WriteSettings settings) {
        return new LoadingRepository<>(EventSourcingRepository.builder(RegistryShard.class)
                .eventStore(eventStore)
                .cache(cache)
                .parameterResolverFactory(
                        ParameterResolverFactories.to(RegistryShard.class, shardPolicies, declarationMerger))
                .snapshotTriggerDefinition(ShardSnapshotTrigger.every(settings.snapshotEvery(), snapshotter)));
    }

    @Bean
    AggregateAnnotationCommandHandler<RegistryShard> shardHandler(
            Repository<RegistryShard> repository, ShardPolicies shardPolicies, DeclarationMerger declarationMerger) {
        return AggregateAnnotationCommandHandler.<RegistryShard>builder()
                .aggregateType(RegistryShard.class)
                .repository(repository)
                .commandTargetResolver(ShardConfiguration::shardOf)
                .parameterResolverFactory(
                        ParameterResolverFactories.to(RegistryShard.class, shardPolicies, declarationMerger))
                .build();
    }

    /** Avoids Axon's own resolver, which searches the methods and annotations of the command's class at each call. */
    private static VersionedAggregateIdentifier shardOf(CommandMessage<?> command) {
        Object shard = ((DecideBatch) command.getPayload()).shard();
        return new VersionedAggregateIdentifier(shard, null);
    }

    @Bean(destroyMethod = "cancel")
    Registration shardSubscription(AggregateAnnotationCommandHandler<RegistryShard> handler, CommandBus bus) {
        return handler.subscribe(bus);
    }
}
