package dev.aicore.discovery.query.cache;

import reactor.core.publisher.Mono;

/** Returns the instances of some services. Never reports that a service has no instances: only PostgreSQL may. */
@FunctionalInterface
public interface ServiceCache {

    /** Cache that is always empty. */
    ServiceCache NONE = service -> Mono.empty();

    /**
     * Returns the present instances of a service, ordered by id; at least one.
     *
     * @return empty if the cache has no usable copy, for any reason; never fails
     */
    Mono<TimestampedRead> find(String service);
}
