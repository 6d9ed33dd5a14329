package dev.aicore.discovery.config.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kind of registry on the other side of a bridge, with the options of its definitions. */
@SuppressWarnings("ImmutableEnumChecker") // The lists can't be modified.
public enum BridgeKind {
    CONSUL(List.of("address"), List.of("datacenter", "token-file", "register", "node", "ca")),
    ETCD(
            List.of("endpoint"),
            List.of("key-prefix", "layout", "lease-ttl", "user", "password-file", "ca", "cert", "key")),
    KUBERNETES(List.of(), List.of("kubeconfig", "context", "namespace", "label-selector", "port"));

    /** Options of every bridge. */
    private static final List<String> COMMON = List.of("service", "service-prefix", "role", "zone", "protocol");

    private final List<String> required;
    private final List<String> optional;

    BridgeKind(List<String> required, List<String> optional) {
        this.required = required;
        this.optional = optional;
    }

    /** Returns the name in settings and answers. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the options that a definition must have. */
    List<String> required() {
        return required;
    }

    /** Returns all options that a definition may have. */
    List<String> options() {
        var all = new ArrayList<>(required);
        all.addAll(optional);
        all.addAll(COMMON);
        return all;
    }
}
