package dev.aicore.discovery.bridge.etcd;

import dev.aicore.discovery.bridge.sync.RunningBridge;
import dev.aicore.discovery.config.settings.BridgeDefinition;

/** Starts bridges between etcd and a registry in memory. */
final class EtcdBridge {

    private EtcdBridge() {}

    static RunningBridge start(String direction, EtcdServer etcd, String prefix, String... options) {
        return start(direction, etcd.endpoint(), prefix, options);
    }

    static RunningBridge start(String direction, String endpoint, String prefix, String... options) {
        return RunningBridge.start(text(direction, endpoint, prefix, options), EtcdRegistry::new);
    }

    static BridgeDefinition definition(String direction, String endpoint, String prefix, String... options) {
        return RunningBridge.definition(text(direction, endpoint, prefix, options));
    }

    private static String text(String direction, String endpoint, String prefix, String... options) {
        return "b etcd " + direction + " endpoint=" + endpoint + " key-prefix=" + prefix + " "
                + String.join(" ", options);
    }
}
