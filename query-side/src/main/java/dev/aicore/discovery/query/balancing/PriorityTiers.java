package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The instances that may be answered, by how gladly. Each has a weight greater than 0. */
final class PriorityTiers {

    /** How gladly; the first comes first. */
    enum Tier {
        PREFERRED,
        /** They fit as well. */
        OTHERS,
        /** They are silent and held back: perhaps they are dead. */
        OVERDUE,
        /** Their circuit is half open: few calls are let through. */
        TRIAL,
        /** Both. */
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

    /** The same, with those that are tried as if their circuit were closed. */
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
        return discoverFilter.prefer(instance) ? Tier.PREFERRED : Tier.OTHERS;
    }
}
