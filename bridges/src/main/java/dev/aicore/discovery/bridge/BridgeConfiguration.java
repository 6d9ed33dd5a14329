package dev.aicore.discovery.bridge;

import dev.aicore.discovery.access.RoleResolver;
import dev.aicore.discovery.bridge.consul.ConsulRegistry;
import dev.aicore.discovery.bridge.etcd.EtcdRegistry;
import dev.aicore.discovery.bridge.kubernetes.KubernetesRegistry;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.sync.BridgeWorker;
import dev.aicore.discovery.bridge.sync.ForeignRegistry;
import dev.aicore.discovery.bridge.sync.LocalRegistryGateway;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import dev.aicore.discovery.config.settings.BridgeSettings;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.ClaimFollower;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreReader;
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

    /** Threads for plans of two callers at the same time. */
    private static final int MAX_CONCURRENT_PLANS = 2;

    @Bean
    BridgeService bridgeService(
            BridgeSettings settings,
            RoleResolver roles,
            RegistrationService registrations,
            RegistrySnapshotService snapshots,
            StoreReader store,
            TimeSource time) {
        var definitions = settings.bridges();
        if (definitions.isEmpty()) {
            return new BridgeService(List.of());
        }
        var registry = store.head().incarnation().toString();
        return new BridgeService(definitions.stream()
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
                            foreign(definition, origin, settings, time),
                            new LocalRegistryGateway(registrations, snapshots, caller, settings),
                            time);
                })
                .toList());
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
    ExecutorService bridgePlanExecutor() {
        return Executors.newFixedThreadPool(
                MAX_CONCURRENT_PLANS, Thread.ofVirtual().name("bridge-plans").factory());
    }

    @Bean
    BridgeController bridgeController(BridgeService service, TimeSource time, ExecutorService bridgePlanExecutor) {
        return new BridgeController(service, time, Schedulers.fromExecutorService(bridgePlanExecutor));
    }
}
