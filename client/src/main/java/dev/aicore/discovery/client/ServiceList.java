package dev.aicore.discovery.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable list of a service at a position.
 *
 * @param instances ordered by id
 * @param panicThreshold share of healthy instances below which unhealthy ones are eligible, too
 * @param inService number of instances in service; counted with each change, because a large list changes often
 * @param healthy number of healthy instances
 */
record ServiceList(List<ListedInstance> instances, long position, double panicThreshold, int inService, int healthy) {

    /** Default of the registry's setting, for registries that don't send theirs. */
    static final double DEFAULT_PANIC_THRESHOLD = 0.3;

    private static final Comparator<ListedInstance> BY_ID = Comparator.comparing(ListedInstance::id);

    /**
     * Creates the list of a snapshot.
     *
     * @param before the previous list, whose call statistics are kept; null if there is none
     */
    static ServiceList of(
            Collection<RegisteredInstance> snapshot,
            long position,
            double panicThreshold,
            @Nullable ServiceList before) {
        Map<String, CallStats> known = before == null
                ? Map.of()
                : before.instances.stream().collect(Collectors.toMap(ListedInstance::id, ListedInstance::stats));
        // A repeated id can't be; the last one would win.
        var byId = snapshot.stream()
                .collect(Collectors.toMap(RegisteredInstance::id, Function.identity(), (one, other) -> other));
        var listed = new ArrayList<ListedInstance>(byId.size());
        for (var instance : byId.values()) {
            listed.add(new ListedInstance(instance, known.getOrDefault(instance.id(), new CallStats())));
        }
        listed.sort(BY_ID);
        int inService = 0;
        int healthy = 0;
        for (var each : listed) {
            inService += inService(each.instance());
            healthy += healthy(each.instance());
        }
        return new ServiceList(Collections.unmodifiableList(listed), position, panicThreshold, inService, healthy);
    }

    private static int inService(@Nullable RegisteredInstance instance) {
        return instance != null && instance.inService() ? 1 : 0;
    }

    private static int healthy(@Nullable RegisteredInstance instance) {
        return instance != null && instance.status() == RegisteredInstance.Status.HEALTHY ? 1 : 0;
    }

    /** Returns true if too few instances are healthy, so that unhealthy ones are eligible, too. */
    boolean panic() {
        return inService > 0 && healthy < panicThreshold * inService;
    }

    /** Returns the list after a change of an instance, which is added if it is absent. */
    ServiceList with(RegisteredInstance instance, long at) {
        int place = indexOf(instance.id());
        var changed = new ArrayList<ListedInstance>(instances.size() + 1);
        changed.addAll(instances);
        if (place < 0) {
            changed.add(-place - 1, new ListedInstance(instance, new CallStats()));
            return after(changed, at, null, instance);
        }
        var before = instances.get(place);
        changed.set(place, new ListedInstance(instance, before.stats()));
        return after(changed, at, before.instance(), instance);
    }

    /** Returns the list without an instance. */
    ServiceList without(String id, long at) {
        int place = indexOf(id);
        if (place < 0) {
            return after(instances, at, null, null);
        }
        var changed = new ArrayList<>(instances);
        return after(changed, at, changed.remove(place).instance(), null);
    }

    private ServiceList after(
            List<ListedInstance> changed,
            long at,
            @Nullable RegisteredInstance gone,
            @Nullable RegisteredInstance come) {
        return new ServiceList(
                Collections.unmodifiableList(changed),
                at,
                panicThreshold,
                inService - inService(gone) + inService(come),
                healthy - healthy(gone) + healthy(come));
    }

    @Nullable
    ListedInstance find(String id) {
        int place = indexOf(id);
        return place < 0 ? null : instances.get(place);
    }

    private int indexOf(String id) {
        int low = 0;
        int high = instances.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = instances.get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
