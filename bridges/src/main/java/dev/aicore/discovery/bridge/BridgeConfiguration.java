package dev.aicore.discovery.bridge;

import dev.aicore.discovery.access.RoleResolver;
import dev.aicore.discovery.bridge.consul.ConsulRegistry;
import dev.aicore.discovery.bridge.etcd.EtcdRegistry;
import dev.aicore.discovery.bridge.kubernetes.KubernetesRegistry;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.sync.BridgeWorker;
import dev.aicore.discovery.bridge.sync.ForeignRegistry;
import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import dev.aicore.discovery.bridge.sync.LocalRegistryGateway;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import dev.aicore.discovery.config.settings.BridgeSettings;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.ClaimFollower;
import dev.aicore.discovery.eventstore.JdbcQueryRunner;
import dev.aicore.discovery.eventstore.JobStore;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import dev.aicore.discovery.eventstore.WriterId;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.scheduler.Schedulers;

/**
 * Configures the bridges, in a process that runs the command side and the query side. Must be imported after the sides.
 * Without definitions, no class of another registry's client is loaded.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean({RegistrationService.class, RegistrySnapshotService.class})
@Import(BridgeMetricsConfiguration.class)
public class BridgeConfiguration {

    private static final String PROTOCOL = "bridge";
    private static final String DEFAULT_ROLE = "service";

    /** Threads for plans, pauses and resumptions of two callers at the same time. */
    private static final int MAX_CONCURRENT_REQUESTS = 2;

    @Bean
    BridgeClaims bridgeClaims(JdbcQueryRunner jdbcQueryRunner, StoreReader store, WriterId node, TimeSource time) {
        return new BridgeClaims(new JobStore(jdbcQueryRunner), node.name(), store, time);
    }

    @Bean
    BridgeService bridgeService(
            BridgeSettings settings,
            RoleResolver roles,
            RegistrationService registrations,
            RegistrySnapshotService snapshots,
            SingleWriterAppender appender,
            BridgeClaims claims,
            StoreReader store,
            TimeSource time) {
        var definitions = settings.bridges();
        if (definitions.isEmpty()) {
            return new BridgeService(List.of(), claims);
        }
        var registry = store.head().incarnation().toString();
        var workers = definitions.stream()
                .map(definition -> {
                    var role = definition.text("role", DEFAULT_ROLE);
                    if (!roles.names().contains(role)) {
                        throw definition.invalid("role", "one of " + String.join(", ", roles.names()));
                    }
                    var caller = roles.internalCaller(definition.principal(), role, PROTOCOL, definition.name());
                    var origin = new BridgeOrigin(registry, definition.name());
                    return new BridgeWorker(
                            definition,
                            settings,
                            origin,
                            () -> requireOwnership(appender),
                            foreign(definition, origin, settings, time),
                            new LocalRegistryGateway(
                                    registrations, snapshots, caller, claims::takeoverPosition, settings),
                            time);
                })
                .toList();
        claims.start();
        return new BridgeService(workers.stream().map(claims::unclaimed).toList(), claims);
    }

    private static void requireOwnership(SingleWriterAppender appender) throws ForeignRegistryException {
        try {
            appender.requireOwnership();
        } catch (StoreUnavailableException e) {
            throw new ForeignRegistryException(
                    "This node can't confirm that no other node runs the bridge: " + e.getMessage(), e);
        }
    }

    private static ForeignRegistry foreign(
            BridgeDefinition definition, BridgeOrigin origin, BridgeSettings settings, TimeSource time) {
        return switch (definition.kind()) {
            case CONSUL -> new ConsulRegistry(definition, settings.requestTimeout());
            case ETCD -> new EtcdRegistry(definition, origin, settings.requestTimeout(), time);
            case KUBERNETES -> new KubernetesRegistry(definition, origin, settings.requestTimeout(), time);
        };
    }

    @Bean(initMethod = "start")
    ClaimFollower bridgeOwnership(SingleWriterAppender appender, BridgeService service) {
        return new ClaimFollower("bridge-ownership", appender, service);
    }

    @Bean
    StatusSource bridgeStatus(BridgeService service) {
        return () -> List.copyOf(service.status());
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService bridgeRequestExecutor() {
        return Executors.newFixedThreadPool(
                MAX_CONCURRENT_REQUESTS,
                Thread.ofVirtual().name("bridge-requests").factory());
    }

    @Bean
    BridgeController bridgeController(BridgeService service, TimeSource time, ExecutorService bridgeRequestExecutor) {
        return new BridgeController(service, time, Schedulers.fromExecutorService(bridgeRequestExecutor));
    }
}
