package dev.aicore.discovery.dialect.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.query.discovery.registry.ServiceInstances;
import java.util.List;
import java.util.function.Function;

/** Caches the records of services until the services change. Evicts by weight. Thread-safe. */
final class ServiceRecordsCache {

    /** Estimated size in bytes of an endpoint, and of an entry without endpoints. */
    private static final int ENDPOINT_BYTES = 500;

    private final Function<List<ServiceInstances>, ServiceRecords> make;
    private final Cache<String, CachedRecords> cache;

    /**
     * Creates an empty cache.
     *
     * @param maxBytes maximum size of all entries
     * @param make computes the records of services that share a name
     */
    ServiceRecordsCache(long maxBytes, Function<List<ServiceInstances>, ServiceRecords> make) {
        this.make = make;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(maxBytes / ENDPOINT_BYTES)
                .weigher((String name, CachedRecords cached) ->
                        1 + cached.records().endpoints().size())
                .executor(Runnable::run)
                .build();
    }

    /** Returns the records of services that exist, computed only if one of them has changed. */
    ServiceRecords get(String name, List<ServiceInstances> services) {
        var known = cache.getIfPresent(name);
        if (known != null && known.isOf(services)) {
            return known.records();
        }
        var made = new CachedRecords(services, make.apply(services));
        cache.put(name, made);
        return made.records();
    }

    private record CachedRecords(List<ServiceInstances> services, ServiceRecords records) {

        /** Returns true if the services are the same objects: a service keeps its object until it changes. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(List<ServiceInstances> others) {
            boolean isSame = services.size() == others.size();
            for (int i = 0; isSame && i < others.size(); i++) {
                isSame = services.get(i) == others.get(i);
            }
            return isSame;
        }
    }
}
