package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.Endpoint;
import dev.aicore.discovery.bridge.model.ExportMapping;
import dev.aicore.discovery.bridge.model.ImportMapping;
import dev.aicore.discovery.bridge.sync.ForeignCatalog.ForeignSnapshot;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plans what a bridge has to write on each side. Has no state and no I/O. */
final class BridgePlanner {

    private final String principal;
    private final BridgeOrigin own;
    private final ImportMapping importMapping;
    private final ExportMapping exportMapping;
    private final Function<BridgedInstance, @Nullable BridgedInstance> asStored;

    /**
     * Plan of one direction.
     *
     * @param current instances that the bridge has brought to that side, by key
     * @param versions version of the other registry of each imported instance, by key; empty for exports
     * @param unmapped number of instances that have no form on that side
     */
    record DirectionPlan(
            BridgePlan plan, Map<String, BridgedInstance> current, Map<String, String> versions, int unmapped) {}

    /**
     * Creates a planner.
     *
     * @param asStored returns an instance as the other registry would return it; null if it can't hold the instance
     */
    BridgePlanner(
            BridgeDefinition definition,
            BridgeOrigin own,
            Function<BridgedInstance, @Nullable BridgedInstance> asStored) {
        this.principal = definition.principal();
        this.own = own;
        this.importMapping = new ImportMapping(definition, own);
        this.exportMapping = new ExportMapping(definition, own);
        this.asStored = asStored;
    }

    /** Plans the registrations here, by id. Imports no endpoint that another owner has registered here. */
    DirectionPlan imports(ForeignSnapshot foreign, List<InstanceView> local) {
        var others = new HashSet<Endpoint>();
        for (var view : local) {
            if (!view.owner().equals(principal) && view.status() != InstanceStatus.EXPIRED) {
                others.add(new Endpoint(view.name(), view.address(), view.port()));
            }
        }
        var desired = new TreeMap<String, BridgedInstance>();
        var versions = new HashMap<String, String>();
        int unmapped = 0;
        for (var found : foreign.instances().values()) {
            if (!importMapping.includes(found.instance())) {
                continue;
            }
            var mapped = importMapping.map(found.instance());
            if (mapped == null) {
                unmapped++;
            } else if (!ImportMapping.isKnown(mapped, others)) {
                desired.put(mapped.id(), mapped);
                versions.put(mapped.id(), found.version());
            }
        }
        var current = imported(local);
        return new DirectionPlan(BridgePlan.between(current, desired), current, versions, unmapped);
    }

    /** Plans the removal of everything that the bridge has imported. */
    DirectionPlan removalOfImports(List<InstanceView> local) {
        var current = imported(local);
        return new DirectionPlan(BridgePlan.between(current, Map.of()), current, Map.of(), 0);
    }

    /** Returns the instances that the bridge has registered here, by id. */
    Map<String, BridgedInstance> imported(List<InstanceView> local) {
        var imported = new TreeMap<String, BridgedInstance>();
        for (var view : local) {
            if (view.owner().equals(principal)) {
                imported.put(view.id(), BridgedInstance.of(view));
            }
        }
        return imported;
    }

    /** Plans the registrations there, by key. Exports no endpoint that others have registered there. */
    DirectionPlan exports(ForeignSnapshot foreign, List<InstanceView> local) {
        var current = new TreeMap<String, BridgedInstance>();
        Set<Endpoint> others = new HashSet<>();
        Set<String> keysOfOthers = new HashSet<>();
        foreign.instances().forEach((key, found) -> {
            if (own.isOf(found.instance())) {
                current.put(key, found.instance());
            } else {
                others.add(found.instance().endpoint());
                keysOfOthers.add(key);
            }
        });
        var desired = new TreeMap<String, BridgedInstance>();
        for (var view : local) {
            if (exportMapping.includes(view)) {
                var stored = asStored.apply(exportMapping.map(view));
                if (stored != null && !others.contains(stored.endpoint()) && !keysOfOthers.contains(stored.key())) {
                    desired.put(stored.key(), stored);
                }
            }
        }
        return new DirectionPlan(BridgePlan.between(current, desired), current, Map.of(), 0);
    }
}
