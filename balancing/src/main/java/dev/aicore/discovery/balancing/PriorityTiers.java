package dev.aicore.discovery.balancing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Instances that may be called, by tiers of preference. Each has a weight greater than 0. Immutable.
 *
 * @param <T> type of the instances
 */
public final class PriorityTiers<T extends BalancedInstance> {

    /** Tier of preference; the first tier comes first. */
    public enum Tier {
        PREFERRED,
        /** Instances outside of the preferred zone. */
        OTHERS,
        /** Instances whose lease is overdue: silent, perhaps dead, but protected from expiry. */
        OVERDUE,
        /** Instances with a half-open circuit breaker, which receive only few calls. */
        TRIAL,
        /** Instances that are overdue and have a half-open circuit breaker. */
        LAST
    }

    private final Map<Tier, List<T>> lists = new EnumMap<>(Tier.class);
    private final @Nullable String zone;
    private final int size;

    private PriorityTiers(List<T> instances, @Nullable String zone, Function<T, Tier> tierOf) {
        for (var instance : instances) {
            lists.computeIfAbsent(tierOf.apply(instance), unused -> new ArrayList<>())
                    .add(instance);
        }
        lists.replaceAll((unused, list) -> List.copyOf(list));
        this.zone = zone;
        this.size = instances.size();
    }

    /**
     * Sorts instances into tiers; within a tier they keep their order.
     *
     * @param zone preferred zone; null if there is none
     */
    public static <T extends BalancedInstance> PriorityTiers<T> of(List<T> instances, @Nullable String zone) {
        return new PriorityTiers<>(instances, zone, instance -> tierOf(instance, zone));
    }

    /** Returns these tiers with half-open circuit breakers treated as closed. */
    PriorityTiers<T> trusting() {
        var all = lists.values().stream().flatMap(List::stream).toList();
        return new PriorityTiers<>(all, zone, instance -> {
            var tier = tierOf(instance, zone);
            return tier == Tier.TRIAL ? ofClosed(instance, zone) : tier;
        });
    }

    /** Returns the instances of a tier. */
    public List<T> of(Tier tier) {
        return lists.getOrDefault(tier, List.of());
    }

    /** Returns the number of instances of all tiers. */
    public int size() {
        return size;
    }

    private static Tier tierOf(BalancedInstance instance, @Nullable String zone) {
        if (instance.isOverdue()) {
            return instance.isOnTrial() ? Tier.LAST : Tier.OVERDUE;
        }
        return instance.isOnTrial() ? Tier.TRIAL : ofClosed(instance, zone);
    }

    private static Tier ofClosed(BalancedInstance instance, @Nullable String zone) {
        return zone == null || zone.equals(instance.zone()) ? Tier.PREFERRED : Tier.OTHERS;
    }
}
