package dev.aicore.discovery.api.health;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Several checks of one instance. The instance is as healthy as its worst check.
 *
 * @param components the checks by id, 1 to {@value #MAX_COMPONENTS}
 */
public record CompositeCheck(SortedMap<String, ComponentCheck> components) {

    /** Maximum number of checks of an instance. */
    public static final int MAX_COMPONENTS = 8;

    /** Name of the setting of a {@link HealthCheck} that contains the checks. */
    public static final String CHECKS = "checks";

    public CompositeCheck {
        components = Collections.unmodifiableSortedMap(new TreeMap<>(components));
    }

    /** Returns the checks of a declared check; null if it is no composite. */
    public static @Nullable CompositeCheck of(@Nullable HealthCheck declared) {
        if (declared == null
                || !declared.hasComponents()
                || !(declared.config().get(CHECKS) instanceof Map<?, ?> checks)) {
            return null;
        }
        var components = new TreeMap<String, ComponentCheck>();
        checks.forEach((id, values) -> {
            if (values instanceof Map<?, ?> map) {
                components.put(String.valueOf(id), ComponentCheck.of(map));
            }
        });
        return components.isEmpty() ? null : new CompositeCheck(components);
    }

    /** Returns the JSON value of {@value #CHECKS}, ordered by id. */
    public Map<String, Object> toConfig() {
        var values = new TreeMap<String, Object>();
        components.forEach((id, component) -> values.put(id, component.toConfig()));
        return Collections.unmodifiableMap(values);
    }

    /** Returns the health of the instance, which is that of its worst check. */
    public HealthState health() {
        return worst().getValue().status().health();
    }

    /** Returns the first of the worst checks. */
    public Map.Entry<String, ComponentCheck> worst() {
        return components.entrySet().stream()
                .min(Comparator.comparing(
                        component -> component.getValue().status(), Comparator.<ComponentHealth>reverseOrder()))
                .orElseThrow();
    }

    /** Returns true if the registry runs at least one of the checks, or monitors the reports of several. */
    public boolean checksActively() {
        return hasSeveralReported()
                || components.values().stream()
                        .anyMatch(component -> component.check().checksActively());
    }

    /** Returns true if the instance reports at least one of the checks within its lease. */
    public boolean needsLease() {
        return countReported() > 0;
    }

    /**
     * Returns true if the instance reports several of the checks. Then each has a TTL of its own, its interval. A
     * single one has the lease for its TTL.
     */
    public boolean hasSeveralReported() {
        return countReported() > 1;
    }

    private long countReported() {
        return components.values().stream().filter(ComponentCheck::isReported).count();
    }

    /** Returns a copy in which checks that an earlier declaration had with the same id and type keep their results. */
    public CompositeCheck withResultsOf(CompositeCheck earlier) {
        var merged = new TreeMap<>(components);
        merged.replaceAll((id, component) -> {
            var before = earlier.components.get(id);
            return before != null
                            && before.check()
                                    .checkType()
                                    .equals(component.check().checkType())
                    ? component.withResult(before.status(), before.output())
                    : component;
        });
        return new CompositeCheck(merged);
    }
}
