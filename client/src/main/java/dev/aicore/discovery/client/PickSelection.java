package dev.aicore.discovery.client;

import dev.aicore.discovery.balancing.RendezvousHashing;
import dev.aicore.discovery.balancing.VersionRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instances of a list that the options of a service select. Immutable; computed once per list and ejection.
 *
 * @param list the list
 * @param ejections number of ejections and readmissions that it reflects
 * @param eligible instances to pick, without those of the following lists
 * @param overdue instances with an overdue lease, if there is no eligible one
 * @param trial instances with a half-open circuit breaker, for one of ten picks
 */
record PickSelection(
        @Nullable ServiceList list,
        long ejections,
        List<ListedInstance> eligible,
        List<ListedInstance> overdue,
        List<ListedInstance> trial) {

    /** Selection before the first list. */
    static final PickSelection NONE = new PickSelection(null, -1, List.of(), List.of(), List.of());

    /**
     * Selects instances.
     *
     * @param range null for any version
     * @param client id of this client, which chooses its subset of a large service
     */
    static PickSelection of(
            ServiceList list, long ejections, ServiceOptions options, @Nullable VersionRange range, String client) {
        var eligible = new ArrayList<ListedInstance>();
        var overdue = new ArrayList<ListedInstance>();
        var trial = new ArrayList<ListedInstance>();
        for (var listed : list.instances()) {
            if (matches(listed.instance(), options, range) && listed.isEligible(list.panic())) {
                // Those that are both come after all others.
                (listed.instance().halfOpen() ? trial : listed.instance().overdue() ? overdue : eligible).add(listed);
            }
        }
        var inZone = preferZone(eligible, list, options, range);
        var subset = options.subset() > 0 && options.subset() < inZone.size()
                ? RendezvousHashing.order(inZone, ListedInstance::id, ListedInstance::weight, client)
                        .subList(0, options.subset())
                : inZone;
        return new PickSelection(list, ejections, admitted(subset), List.copyOf(admitted(overdue)), List.copyOf(trial));
    }

    private static boolean matches(RegisteredInstance instance, ServiceOptions options, @Nullable VersionRange range) {
        if (range != null && !range.accepts(instance.version())) {
            return false;
        }
        if (!options.tags().isEmpty() && !instance.tags().containsAll(options.tags())) {
            return false;
        }
        return options.metadata().isEmpty()
                || instance.metadata().entrySet().containsAll(options.metadata().entrySet());
    }

    /** Returns the instances of the preferred zone while at least half of those in service are eligible; else all. */
    private static List<ListedInstance> preferZone(
            List<ListedInstance> eligible, ServiceList list, ServiceOptions options, @Nullable VersionRange range) {
        String zone = options.zone();
        if (zone == null) {
            return eligible;
        }
        var inZone = eligible.stream()
                .filter(listed -> listed.instance().zone().equals(zone))
                .toList();
        long present = list.instances().stream()
                .map(ListedInstance::instance)
                .filter(instance -> instance.zone().equals(zone) && matches(instance, options, range))
                .count();
        return !inZone.isEmpty() && 2L * inZone.size() >= present ? inZone : eligible;
    }

    private static List<ListedInstance> admitted(List<ListedInstance> instances) {
        return instances.stream().filter(listed -> !listed.stats().isEjected()).toList();
    }

    /** Returns the instances of the first list that isn't empty. */
    List<ListedInstance> best() {
        if (!eligible.isEmpty()) {
            return eligible;
        }
        return overdue.isEmpty() ? trial : overdue;
    }

    /** Returns the eligible instances and those on trial. */
    List<ListedInstance> withTrial() {
        var both = new ArrayList<>(eligible);
        both.addAll(trial);
        return both;
    }

    /** Returns all selected instances, best first. */
    List<ListedInstance> all() {
        var all = new ArrayList<>(eligible);
        all.addAll(overdue);
        all.addAll(trial);
        return all;
    }
}
