package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Index of the list of services, which moves only with the names and tags of services, and not with heartbeats and
 * check results. Never goes back. Thread-safe.
 */
final class CatalogIndex {

    private @Nullable CatalogServices last;
    private long seen;
    private long index;

    /** Names of all services with the union of the tags of their instances, each in order. */
    record CatalogServices(Map<String, Set<String>> tagsByName) {

        static CatalogServices of(RegistrySnapshot snapshot) {
            var all = new LinkedHashMap<String, Set<String>>();
            for (var service : snapshot.services()) {
                var tags = new TreeSet<String>();
                service.instances().forEach(view -> tags.addAll(view.tags()));
                all.put(service.name(), tags);
            }
            return new CatalogServices(all);
        }
    }

    /**
     * Returns the index of a snapshot; that of the last one for an older snapshot.
     *
     * @param snapshot snapshot of the whole registry
     */
    synchronized long of(RegistrySnapshot snapshot) {
        if (last == null || snapshot.index() > seen) {
            var services = snapshot.derive(CatalogServices.class, CatalogServices::of);
            if (!services.equals(last)) {
                last = services;
                index = snapshot.index();
            }
            seen = snapshot.index();
        }
        return index;
    }
}
