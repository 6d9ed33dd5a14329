package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.ArrayList;
import java.util.List;

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
        TRIED
    }

    private final List<Candidate> preferred;
    private final List<Candidate> others = new ArrayList<>(0);
    private final List<Candidate> overdue = new ArrayList<>(0);
    private final List<Candidate> tried = new ArrayList<>(0);

    /** @param size how many they will be at most */
    Groups(int size) {
        preferred = new ArrayList<>(size);
    }

    void add(Candidate candidate, Filters filters) {
        of(groupOf(candidate.view(), filters)).add(candidate);
    }

    /** Treats those that are tried as if their circuit were closed. */
    void trust(Filters filters) {
        tried.forEach(candidate -> (filters.prefer(candidate.view()) ? preferred : others).add(candidate));
        tried.clear();
    }

    List<Candidate> of(Group group) {
        return switch (group) {
            case PREFERRED -> preferred;
            case OTHERS -> others;
            case OVERDUE -> overdue;
            case TRIED -> tried;
        };
    }

    int size() {
        return preferred.size() + others.size() + overdue.size() + tried.size();
    }

    private static Group groupOf(InstanceView instance, Filters filters) {
        if (instance.lease() == LeaseState.OVERDUE) {
            return Group.OVERDUE;
        }
        if (instance.breaker() == Breaker.HALF_OPEN) {
            return Group.TRIED;
        }
        return filters.prefer(instance) ? Group.PREFERRED : Group.OTHERS;
    }
}
