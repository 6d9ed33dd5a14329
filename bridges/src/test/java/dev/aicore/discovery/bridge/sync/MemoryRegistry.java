package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.testing.DeclarationBuilder;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** This registry in memory, as one bridge sees it. Several bridges may share its instances. Thread-safe. */
public final class MemoryRegistry implements LocalRegistry {

    static final String REFUSED_SERVICE = "refused";

    private final String principal;
    private final Map<String, InstanceView> instances;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    final List<ImportWrite> writes = new CopyOnWriteArrayList<>();
    volatile @Nullable String failure;
    volatile @Nullable RuntimeException defect;

    private MemoryRegistry(String principal, Map<String, InstanceView> instances) {
        this.principal = principal;
        this.instances = instances;
    }

    public static MemoryRegistry of(String bridge) {
        return new MemoryRegistry("bridge:" + bridge, new ConcurrentSkipListMap<>());
    }

    /** Returns the same registry for another bridge. */
    MemoryRegistry forBridge(String bridge) {
        return new MemoryRegistry("bridge:" + bridge, instances);
    }

    public void register(String service, String id, String address) {
        register(new BridgedInstance(
                id, service, "1", address, 80, "http", 100, Map.of(), List.of(), "", State.HEALTHY));
    }

    public void register(BridgedInstance instance) {
        registerAll(List.of(instance));
    }

    public void registerAll(List<BridgedInstance> registered) {
        registered.forEach(instance -> put("owner", instance));
        listeners.forEach(Runnable::run);
    }

    public void deregister(String id) {
        instances.remove(id);
        listeners.forEach(Runnable::run);
    }

    public Set<String> ids() {
        return Set.copyOf(instances.keySet());
    }

    /** Returns the reasons of all imports, in their order. */
    public List<String> reasons() {
        return writes.stream().map(ImportWrite::reason).toList();
    }

    @Nullable
    InstanceView find(String id) {
        return instances.get(id);
    }

    @Override
    public List<InstanceView> instances() throws LocalRegistryException {
        if (failure != null) {
            throw new LocalRegistryException(failure, new IllegalStateException(failure));
        }
        var thrown = defect;
        if (thrown != null) {
            throw thrown;
        }
        return List.copyOf(instances.values());
    }

    @Override
    public Disposable follow(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Set<String> write(List<ImportWrite> imports) {
        writes.addAll(imports);
        var refused = new HashSet<String>();
        for (var write : imports) {
            var after = write.after();
            if (after == null) {
                instances.remove(write.id());
            } else if (after.service().equals(REFUSED_SERVICE)) {
                refused.add(write.id());
            } else {
                put(principal, after);
            }
        }
        return refused;
    }

    private void put(String owner, BridgedInstance instance) {
        var declaration = DeclarationBuilder.aDeclaration(instance.service())
                .version(instance.version())
                .address(instance.address())
                .port(instance.port())
                .protocol(instance.protocol())
                .weight(instance.weight())
                .metadata(instance.metadata())
                .tags(instance.tags().toArray(String[]::new))
                .zone(instance.zone())
                .build();
        var health = instance.state() == State.UNHEALTHY ? HealthState.UNHEALTHY : HealthState.HEALTHY;
        instances.put(
                instance.id(),
                InstanceView.of(
                        instance.id(),
                        "default",
                        owner,
                        declaration,
                        0,
                        new InstanceState(instance.state().declared(), LeaseState.LIVE, health, BreakerState.CLOSED),
                        new InstanceLifecycle(1, Instant.EPOCH, Instant.EPOCH, null, 1)));
    }
}
