package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.ServiceInstances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds present instances by their native id, by the id of their registration over Consul, and by the ids of their
 * checks. Follows the snapshots of the registry: only services that have changed are indexed again. Thread-safe. Holds
 * at most as many instances as the snapshot.
 */
final class InstanceIdIndex {

    private final Map<String, ServiceInstances> indexed = new HashMap<>();
    private final Map<String, InstanceView> byNativeId = new HashMap<>();
    private final Map<String, Set<String>> byConsulId = new HashMap<>();
    private final Map<String, Set<String>> byCheckId = new HashMap<>();
    private @Nullable RegistrySnapshot last;

    /** Returns the instance with a native id; null if there is none. */
    synchronized @Nullable InstanceView find(RegistrySnapshot snapshot, String nativeId) {
        follow(snapshot);
        return byNativeId.get(nativeId);
    }

    /** Returns the instances that were registered over Consul with an id, ordered by native id. */
    synchronized List<InstanceView> registeredAs(RegistrySnapshot snapshot, String consulId) {
        follow(snapshot);
        return views(byConsulId.getOrDefault(consulId, Set.of()));
    }

    /** Returns the instances with a declared check of an id, ordered by native id. */
    synchronized List<InstanceView> checkedAs(RegistrySnapshot snapshot, String checkId) {
        follow(snapshot);
        return views(byCheckId.getOrDefault(checkId, Set.of()));
    }

    private List<InstanceView> views(Set<String> nativeIds) {
        var views = new ArrayList<InstanceView>(nativeIds.size());
        nativeIds.stream().sorted().forEach(id -> {
            var view = byNativeId.get(id);
            if (view != null) {
                views.add(view);
            }
        });
        return views;
    }

    /** Brings the index to a snapshot. An older one than the last is ignored. */
    @SuppressWarnings("ReferenceEquality") // snapshots share what hasn't changed
    private void follow(RegistrySnapshot snapshot) {
        var before = last;
        if (before != null && snapshot.index() <= before.index()) {
            return;
        }
        var gone = new HashSet<>(indexed.keySet());
        for (var service : snapshot.services()) {
            gone.remove(service.name());
            var known = indexed.get(service.name());
            if (known != service) {
                remove(known);
                service.instances().forEach(this::add);
                indexed.put(service.name(), service);
            }
        }
        gone.forEach(name -> remove(indexed.remove(name)));
        last = snapshot;
    }

    private void add(InstanceView view) {
        byNativeId.put(view.id(), view);
        var consulId = view.metadata().get(ConsulMetadata.ID);
        if (consulId != null) {
            byConsulId.computeIfAbsent(consulId, _ -> new HashSet<>(2)).add(view.id());
        }
        ConsulInstance.declaredCheckIds(view)
                .forEach(checkId -> byCheckId
                        .computeIfAbsent(checkId, _ -> new HashSet<>(2))
                        .add(view.id()));
    }

    private void remove(@Nullable ServiceInstances service) {
        if (service == null) {
            return;
        }
        for (var view : service.instances()) {
            byNativeId.remove(view.id());
            removeFrom(byConsulId, view.metadata().get(ConsulMetadata.ID), view.id());
            ConsulInstance.declaredCheckIds(view).forEach(checkId -> removeFrom(byCheckId, checkId, view.id()));
        }
    }

    private static void removeFrom(Map<String, Set<String>> ids, @Nullable String key, String nativeId) {
        if (key != null) {
            ids.computeIfPresent(key, (_, all) -> {
                all.remove(nativeId);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
