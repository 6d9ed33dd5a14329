package dev.aicore.discovery.bridge.etcd;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.sync.BridgeWorker;
import dev.aicore.discovery.bridge.sync.MemoryRegistry;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import dev.aicore.discovery.config.settings.BridgeSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Running bridge between etcd and a registry in memory, which stays for the next bridge. */
final class EtcdBridge implements AutoCloseable {

    private final MemoryRegistry local = MemoryRegistry.of("b");
    private final BridgeWorker worker;

    private EtcdBridge(BridgeSettings settings) {
        var definition = settings.bridges().getFirst();
        var time = new SystemTimeSource();
        var origin = new BridgeOrigin("store-1", definition.name());
        this.worker = new BridgeWorker(
                definition,
                settings,
                origin,
                new EtcdRegistry(definition, origin, settings.requestTimeout(), time),
                local,
                time);
    }

    static EtcdBridge start(String direction, EtcdServer etcd, String prefix, String... options) {
        return start(direction, etcd.endpoint(), prefix, options);
    }

    static EtcdBridge start(String direction, String endpoint, String prefix, String... options) {
        var bridge = new EtcdBridge(settings(direction, endpoint, prefix, options));
        bridge.worker.start();
        return bridge;
    }

    static BridgeDefinition definition(String direction, String endpoint, String prefix, String... options) {
        return settings(direction, endpoint, prefix, options).bridges().getFirst();
    }

    private static BridgeSettings settings(String direction, String endpoint, String prefix, String... options) {
        return SettingsBinder.with(Map.of(
                        "service-discovery.bridges.definitions",
                        "b etcd " + direction + " endpoint=" + endpoint + " key-prefix=" + prefix + " "
                                + String.join(" ", options),
                        "service-discovery.bridges.request-timeout",
                        "1s",
                        "service-discovery.bridges.retry-interval",
                        "100ms"))
                .get(BridgeSettings.class);
    }

    void register(String service, String id, String address) {
        local.register(service, id, address);
    }

    Set<String> local() {
        return local.ids();
    }

    List<String> reasons() {
        return local.reasons();
    }

    ComponentStatus.Bridge status() {
        return worker.status();
    }

    @Override
    public void close() {
        worker.stop();
    }
}
