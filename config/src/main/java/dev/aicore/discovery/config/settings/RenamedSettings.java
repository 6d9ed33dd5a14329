package dev.aicore.discovery.config.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Makes values that are given under old names of settings available under their current names. Old names are accepted
 * for one release. So are names of settings that were removed; they have no effect.
 */
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

    /** Names of settings that have no effect any more. */
    private static final Set<String> REMOVED = Set.of("event-store.claim-wait");

    private RenamedSettings() {}

    static boolean isOld(String canonical) {
        return CURRENT_NAMES.containsKey(canonical) || REMOVED.contains(canonical);
    }

    /**
     * Adds, behind each source that has old names, a source of their values under the current names. So a current name
     * in the same source takes precedence, and the order of sources stays as it is.
     *
     * @return a notice of each use of an old name, with its origin, in the order of precedence
     */
    static List<String> apply(MutablePropertySources sources) {
        List<String> notices = new ArrayList<>();
        for (PropertySource<?> source : sources.stream().toList()) {
            if (source instanceof EnumerablePropertySource<?> listed) {
                Map<String, String> oldNames = oldNames(listed);
                if (!oldNames.isEmpty()) {
                    sources.addAfter(source.getName(), new CurrentNameSource(listed, oldNames));
                }
                notices.addAll(removed(listed));
                oldNames.forEach((current, old) -> notices.add("%s (%s) is now %s"
                        .formatted(
                                SettingNames.toFileNotation(old),
                                where(listed, old),
                                SettingNames.toFileNotation(current))));
            }
        }
        return notices;
    }

    /** Returns a notice of each setting of a source that has no effect any more. */
    private static List<String> removed(EnumerablePropertySource<?> source) {
        return Arrays.stream(source.getPropertyNames())
                .filter(name ->
                        name.startsWith(SettingsBinder.PREFIX) && REMOVED.contains(SettingNames.canonical(name)))
                .map(name -> "%s (%s) has no effect any more"
                        .formatted(SettingNames.toFileNotation(name), where(source, name)))
                .toList();
    }

    /** Returns the old names of a source by current name. */
    private static Map<String, String> oldNames(EnumerablePropertySource<?> source) {
        Map<String, String> oldNames = new LinkedHashMap<>();
        for (String name : source.getPropertyNames()) {
            String current = CURRENT_NAMES.get(SettingNames.canonical(name));
            if (current != null && name.startsWith(SettingsBinder.PREFIX)) {
                oldNames.put(SettingsBinder.PREFIX + current, name);
            }
        }
        return oldNames;
    }

    private static String where(PropertySource<?> source, String name) {
        Origin origin = OriginLookup.getOrigin(source, name);
        return origin == null ? OptionNameValidator.optionPrefix(source) + name : origin.toString();
    }

    /** The values of another source that it has under old names. Its {@link #getSource() source} is that other one. */
    private static final class CurrentNameSource extends EnumerablePropertySource<EnumerablePropertySource<?>>
            implements OriginLookup<String> {

        private final Map<String, String> oldNames;

        CurrentNameSource(EnumerablePropertySource<?> original, Map<String, String> oldNames) {
            super(original.getName() + ", old names", original);
            this.oldNames = oldNames;
        }

        @Override
        public String[] getPropertyNames() {
            return oldNames.keySet().toArray(String[]::new);
        }

        @Override
        public @Nullable Object getProperty(String name) {
            String old = oldNames.get(name);
            return old == null ? null : getSource().getProperty(old);
        }

        @Override
        public @Nullable Origin getOrigin(String name) {
            String old = oldNames.get(name);
            return old == null ? null : OriginLookup.getOrigin(getSource(), old);
        }
    }
}
