package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import dev.aicore.discovery.bridge.sync.ForeignCatalog.ForeignInstance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Another registry in memory. Several bridges may share it. */
final class MemoryForeignRegistry implements ForeignRegistry {

    private final Map<String, ForeignInstance> instances = new TreeMap<>();
    private int version;

    void register(String service, String id, String address) {
        put(new BridgedInstance(id, service, "1", address, 80, "http", 100, Map.of(), List.of(), "", State.HEALTHY));
    }

    void put(BridgedInstance instance) {
        instances.put(instance.key(), new ForeignInstance(instance, "version " + ++version));
    }

    void deregister(String key) {
        version++;
        instances.remove(key);
    }

    void clear() {
        version++;
        instances.clear();
    }

    Set<String> keys() {
        return Set.copyOf(instances.keySet());
    }

    /** Copies the present content to the catalog of a bridge. */
    @Override
    public void follow(ForeignCatalog catalog) throws ForeignRegistryException {
        catalog.replaceAll(instances, Set.of(), "version " + version);
    }

    @Override
    public void write(BridgePlan plan, WritePermit permit) throws ForeignRegistryException {
        permit.require();
        plan.added().values().forEach(this::put);
        plan.changed().values().forEach(this::put);
        plan.removed().keySet().forEach(this::deregister);
    }

    @Override
    public void close() {}
}
