package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.sync.BridgePlanner.DirectionPlan;
import dev.aicore.discovery.bridge.sync.BridgeReconciler.BothPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes that a bridge would make now.
 *
 * @param name name of the bridge
 * @param imports writes here; null if the bridge imports nothing, or can't at present
 * @param exports writes there; null if the bridge exports nothing, or can't at present
 */
public record BridgePlanView(
        String name,
        @Nullable PlannedWrites imports,
        @Nullable PlannedWrites exports) {

    /**
     * Writes of one direction.
     *
     * @param brought number of instances that the bridge has brought to that side
     * @param added number of registrations
     * @param changed number of changes
     * @param removed number of deregistrations
     * @param writes the first {@value #MAX_WRITES} of them: additions, changes, then removals
     */
    public record PlannedWrites(int brought, int added, int changed, int removed, List<PlannedWrite> writes) {

        /** Maximum number of {@code writes}. */
        public static final int MAX_WRITES = 1_000;

        public PlannedWrites {
            writes = List.copyOf(writes);
        }
    }

    /**
     * One write.
     *
     * @param action add, change or remove
     * @param id id on the side that is written
     */
    public record PlannedWrite(String action, String service, String id, String address, int port) {}

    static BridgePlanView of(String name, BothPlans plans) {
        return new BridgePlanView(name, writes(plans.in()), writes(plans.out()));
    }

    private static @Nullable PlannedWrites writes(@Nullable DirectionPlan planned) {
        if (planned == null) {
            return null;
        }
        var plan = planned.plan();
        var writes = new ArrayList<PlannedWrite>();
        collect("add", plan.added(), writes);
        collect("change", plan.changed(), writes);
        collect("remove", plan.removed(), writes);
        return new PlannedWrites(
                planned.current().size(),
                plan.added().size(),
                plan.changed().size(),
                plan.removed().size(),
                writes);
    }

    private static void collect(String action, Map<String, BridgedInstance> instances, List<PlannedWrite> writes) {
        instances.values().stream()
                .limit(PlannedWrites.MAX_WRITES - writes.size())
                .map(instance -> new PlannedWrite(
                        action, instance.service(), instance.id(), instance.address(), instance.port()))
                .forEach(writes::add);
    }
}
