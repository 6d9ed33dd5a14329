package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Instances that may be returned, by tiers of preference. Each has a weight greater than 0. */
final class PriorityTiers {

    /** Tier of preference; the first tier comes first. */
    enum Tier {
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

    private final Map<Tier, List<Candidate>> lists = new EnumMap<>(Tier.class);
    private final int size;

    private PriorityTiers(List<Candidate> candidates, Function<Candidate, Tier> group) {
        for (var candidate : candidates) {
            lists.computeIfAbsent(group.apply(candidate), _ -> new ArrayList<>())
                    .add(candidate);
        }
        lists.replaceAll((_, list) -> List.copyOf(list));
        size = candidates.size();
    }

    static PriorityTiers of(List<Candidate> candidates, DiscoverFilter discoverFilter) {
        return new PriorityTiers(candidates, candidate -> groupOf(candidate.view(), discoverFilter));
    }

    /** Returns these tiers with half-open circuit breakers treated as closed. */
    PriorityTiers trusting(DiscoverFilter discoverFilter) {
        var all = lists.values().stream().flatMap(List::stream).toList();
        return new PriorityTiers(all, candidate -> {
            var tier = groupOf(candidate.view(), discoverFilter);
            return tier == Tier.TRIAL ? closed(candidate.view(), discoverFilter) : tier;
        });
    }

    List<Candidate> of(Tier tier) {
        return lists.getOrDefault(tier, List.of());
    }

    int size() {
        return size;
    }

    private static Tier groupOf(InstanceView instance, DiscoverFilter discoverFilter) {
        boolean isTried = instance.breaker() == BreakerState.HALF_OPEN;
        if (instance.lease() == LeaseState.OVERDUE) {
            return isTried ? Tier.LAST : Tier.OVERDUE;
        }
        return isTried ? Tier.TRIAL : closed(instance, discoverFilter);
    }

    private static Tier closed(InstanceView instance, DiscoverFilter discoverFilter) {
        return discoverFilter.isPreferred(instance) ? Tier.PREFERRED : Tier.OTHERS;
    }
}
