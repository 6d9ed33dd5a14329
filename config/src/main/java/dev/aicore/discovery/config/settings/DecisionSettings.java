package dev.aicore.discovery.config.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;

/**
 * Values of the settings that decisions about instances depend on, by name as in a file of settings. A bundle records
 * those of its registry, and a replay may change them. Immutable.
 */
public final class DecisionSettings {

    private static final List<String> SECTIONS =
            List.of("registry.damping.", "registry.circuit_breaker.", "registry.leases.max_");

    private static final List<String> SINGLE = List.of(
            "registry.discovery.panic_threshold",
            "load_balancer.default_strategy",
            "registry.registration.default_ttl",
            "registry.registration.grace_period",
            "registry.registration.revive_window",
            "registry.health_checks.renew_leases",
            "registry.health_checks.deregister_after",
            "registry.health_checks.failure_threshold",
            "registry.health_checks.success_threshold");

    private static final List<SettingKey> KEYS = SettingsCatalog.keys().stream()
            .filter(key -> SINGLE.contains(key.name()) || SECTIONS.stream().anyMatch(key.name()::startsWith))
            .toList();

    private static final SettingNames NAMES = new SettingNames(KEYS);

    /**
     * Interval of heartbeats. It influences no decision, but it must not exceed the ttl, or its record would be
     * invalid.
     */
    private static final Map<String, Object> FREE_TTL =
            Map.of(SettingsBinder.PREFIX + "registry.registration.heartbeat-interval", "1s");

    private static final List<Class<? extends Record>> RECORDS = List.of(
            DiscoverySettings.class,
            LoadBalancerSettings.class,
            RegistrationSettings.class,
            LeaseSettings.class,
            HealthCheckSettings.class,
            HealthCheckSettings.DampingSettings.class,
            CircuitBreakerSettings.class);

    private final Map<String, String> values;
    private final SettingsBinder binder;

    private DecisionSettings(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        var properties = new HashMap<>(FREE_TTL);
        values.forEach((name, value) -> properties.put(SettingsBinder.PREFIX + SettingNames.canonical(name), value));
        this.binder = SettingsBinder.with(properties);
    }

    /** Returns the settings of an application, in the order of the settings file. */
    public static DecisionSettings of(Environment environment) {
        var values = new LinkedHashMap<String, String>();
        KEYS.forEach(key -> values.put(key.name(), environment.getProperty(key.property(), key.defaultValue())));
        if (!environment.getProperty(
                SettingsBinder.PREFIX + "registry.health-checks.enabled", Boolean.class, Boolean.TRUE)) {
            values.put("registry.health_checks.renew_leases", "false");
        }
        return new DecisionSettings(values);
    }

    /**
     * Returns the settings that were recorded; settings that an older version didn't record have their defaults.
     *
     * @param recorded values by name; settings that this version doesn't know are ignored
     */
    public static DecisionSettings of(Map<String, String> recorded) {
        var values = new LinkedHashMap<String, String>();
        KEYS.forEach(key -> values.put(key.name(), recorded.getOrDefault(key.name(), key.defaultValue())));
        return new DecisionSettings(values);
    }

    /**
     * Returns these settings with some of them replaced.
     *
     * @param assignments texts such as {@code registry.discovery.panic_threshold=0.5}
     * @throws InvalidSettingException if a name or a value is invalid; the message is one line
     */
    public DecisionSettings with(List<String> assignments) {
        var changed = new LinkedHashMap<>(values);
        for (var assignment : assignments) {
            int sign = assignment.indexOf('=');
            if (sign < 1) {
                throw InvalidSettingException.line("'" + assignment + "' is no assignment, expected NAME=VALUE such as "
                        + SINGLE.getFirst() + "=0.5");
            }
            changed.put(
                    known(assignment.substring(0, sign).strip()),
                    assignment.substring(sign + 1).strip());
        }
        var result = new DecisionSettings(changed);
        result.validate();
        return result;
    }

    /** Returns the names of the settings whose values differ, in the order of the settings file. */
    public List<String> differences(DecisionSettings other) {
        var names = new ArrayList<String>();
        values.forEach((name, value) -> {
            if (!value.equals(other.values.get(name))) {
                names.add(name);
            }
        });
        return names;
    }

    /** Returns the value of a setting. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** Returns all values by name. */
    public Map<String, String> values() {
        return values;
    }

    /** Returns one record of settings, with defaults for what is not part of these settings. */
    public <T> T get(Class<T> record) {
        return binder.get(record);
    }

    private void validate() {
        try {
            RECORDS.forEach(binder::get);
        } catch (RuntimeException e) {
            throw SettingFailureAnalyzer.setting(e).orElseThrow(() -> e);
        }
    }

    private static String known(String name) {
        var canonical = SettingNames.canonical(name);
        if (NAMES.contains(canonical)) {
            return SettingNames.toFileNotation(name);
        }
        if (SettingsCatalog.find(SettingNames.toFileNotation(name)).isPresent()) {
            throw InvalidSettingException.line("'" + name
                    + "' influences no decision about recorded observations; a replay can change "
                    + String.join(", ", KEYS.stream().map(SettingKey::name).toList()));
        }
        throw InvalidSettingException.unknown(name, "--set", NAMES.nearest(canonical));
    }
}
