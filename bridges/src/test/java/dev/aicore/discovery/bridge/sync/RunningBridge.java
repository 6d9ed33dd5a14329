package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import dev.aicore.discovery.config.settings.BridgeSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Running bridge between another registry and one in memory, which stays for the next bridge. */
public final class RunningBridge implements AutoCloseable {

    private final MemoryRegistry local;
    private final BridgeWorker worker;

    private RunningBridge(String registry, String definition, MemoryRegistry local, ForeignRegistryFactory factory) {
        var settings = settings(definition);
        var bridge = settings.bridges().getFirst();
        var time = new SystemTimeSource();
        var origin = new BridgeOrigin(registry, bridge.name());
        this.local = local.forBridge(bridge.name());
        this.worker = new BridgeWorker(
                bridge,
                settings,
                origin,
                () -> {},
                factory.create(bridge, origin, settings.requestTimeout(), time),
                this.local,
                time);
    }

    /** Constructor of a registry of some kind. */
    public interface ForeignRegistryFactory {

        ForeignRegistry create(BridgeDefinition definition, BridgeOrigin origin, Duration timeout, TimeSource time);
    }

    /** Starts a bridge of a registry that is empty. */
    public static RunningBridge start(String definition, ForeignRegistryFactory factory) {
        return start("store-1", definition, MemoryRegistry.of("any"), factory);
    }

    /**
     * Starts a bridge.
     *
     * @param registry id of this registry
     */
    public static RunningBridge start(
            String registry, String definition, MemoryRegistry local, ForeignRegistryFactory factory) {
        var bridge = new RunningBridge(registry, definition, local, factory);
        bridge.worker.start();
        return bridge;
    }

    /** Returns the definition of a text. */
    public static BridgeDefinition definition(String definition) {
        return settings(definition).bridges().getFirst();
    }

    private static BridgeSettings settings(String definition) {
        return SettingsBinder.with(Map.of(
                        "service-discovery.bridges.definitions",
                        definition,
                        "service-discovery.bridges.request-timeout",
                        "3s",
                        "service-discovery.bridges.retry-interval",
                        "100ms"))
                .get(BridgeSettings.class);
    }

    public void register(String service, String id, String address) {
        local.register(service, id, address);
    }

    public void register(BridgedInstance instance) {
        local.register(instance);
    }

    public void registerAll(List<BridgedInstance> instances) {
        local.registerAll(instances);
    }

    public void deregister(String id) {
        local.deregister(id);
    }

    public Set<String> local() {
        return local.ids();
    }

    /** Returns an instance as it is registered here. */
    public BridgedInstance find(String id) {
        return BridgedInstance.of(Objects.requireNonNull(local.find(id), id));
    }

    public List<String> reasons() {
        return local.reasons();
    }

    public ComponentStatus.Bridge status() {
        return worker.status();
    }

    public BridgeCounts counts() {
        return worker.counts();
    }

    public void resume() {
        worker.resume();
    }

    @Override
    public void close() {
        worker.stop();
    }
}
