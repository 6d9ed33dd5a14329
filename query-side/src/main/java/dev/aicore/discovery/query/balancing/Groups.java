package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The instances that may be answered, by how gladly. Each has a weight greater than 0. */
final class Groups {

    /** How gladly; the first comes first. */
    enum Group {
        PREFERRED,
        /** They fit as well. */
        OTHERS,
        /** They are silent and held back: perhaps they are dead. */
        OVERDUE,
        /** Their circuit is half open: few calls are let through. */
        TRIED,
        /** Both. */
        LAST
    }

    private final Map<Group, List<Candidate>> lists = new EnumMap<>(Group.class);
    private final int size;

    private Groups(List<Candidate> candidates, Function<Candidate, Group> group) {
        for (var candidate : candidates) {
            lists.computeIfAbsent(group.apply(candidate), _ -> new ArrayList<>())
                    .add(candidate);
        }
        lists.replaceAll((_, list) -> List.copyOf(list));
        size = candidates.size();
    }

    static Groups of(List<Candidate> candidates, Filters filters) {
        return new Groups(candidates, candidate -> groupOf(candidate.view(), filters));
    }

    /** The same, with those that are tried as if their circuit were closed. */
    Groups trusting(Filters filters) {
        var all = lists.values().stream().flatMap(List::stream).toList();
        return new Groups(all, candidate -> {
            var group = groupOf(candidate.view(), filters);
            return group == Group.TRIED ? closed(candidate.view(), filters) : group;
        });
    }

    List<Candidate> of(Group group) {
        return lists.getOrDefault(group, List.of());
    }

    int size() {
        return size;
    }

    private static Group groupOf(InstanceView instance, Filters filters) {
        boolean isTried = instance.breaker() == Breaker.HALF_OPEN;
        if (instance.lease() == LeaseState.OVERDUE) {
            return isTried ? Group.LAST : Group.OVERDUE;
        }
        return isTried ? Group.TRIED : closed(instance, filters);
    }

    private static Group closed(InstanceView instance, Filters filters) {
        return filters.prefer(instance) ? Group.PREFERRED : Group.OTHERS;
    }
}
