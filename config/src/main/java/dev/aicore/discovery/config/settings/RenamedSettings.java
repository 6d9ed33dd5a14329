package dev.aicore.discovery.config.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Translates old names of settings to their current names, and reports each use. Old names are accepted for one release. */
final class RenamedSettings {

    /** Current names by old name, both canonical. */
    static final Map<String, String> CURRENT_NAMES = Map.ofEntries(
            Map.entry("server.max-share-of-address", "server.max-share-per-address"),
            Map.entry("server.fast-lane", "server.hot-path"),
            Map.entry("server.rate-limit.heartbeat-share", "server.rate-limit.reserved-heartbeat-share"),
            Map.entry("registry.leases.expiry-cap", "registry.leases.max-expiring-share"),
            Map.entry("registry.leases.silence-factor", "registry.leases.max-silence-ttls"),
            Map.entry("registry.discovery.kept-instances", "registry.discovery.max-cached-instances"),
            Map.entry("registry.watching.most-watchers", "registry.watching.max-watchers"),
            Map.entry("registry.health-checks.most-at-once", "registry.health-checks.max-concurrent-checks"),
            Map.entry("registry.circuit-breaker.maximum-ejection-share", "registry.circuit-breaker.max-ejection-share"),
            Map.entry("event-store.window-max", "event-store.max-linger"),
            Map.entry("event-store.batch-min", "event-store.min-batch-size"),
            Map.entry("event-store.batch-max", "event-store.max-batch-size"),
            Map.entry("event-store.queue-max", "event-store.max-queue-size"),
            Map.entry("event-store.first-back-off", "event-store.initial-back-off"),
            Map.entry("auth.jwt.cached-tokens", "auth.jwt.max-cached-tokens"),
            Map.entry("auth.denials.kept-for", "auth.denials.retention"));

    private final List<String> notices = new ArrayList<>();

    /**
     * Returns the current name of a setting, and reports an old one.
     *
     * @param canonical name of a setting, or any other text
     * @param where source of the name: a line of a file, a variable or an option
     */
    String current(String canonical, String where) {
        String current = CURRENT_NAMES.get(canonical);
        if (current == null) {
            return canonical;
        }
        notices.add("%s (%s) is now %s"
                .formatted(SettingNames.toFileNotation(canonical), where, SettingNames.toFileNotation(current)));
        return current;
    }

    static boolean isOld(String canonical) {
        return CURRENT_NAMES.containsKey(canonical);
    }

    /** Returns one sentence fragment per use of an old name, in the order of reading. */
    List<String> notices() {
        return List.copyOf(notices);
    }
}
