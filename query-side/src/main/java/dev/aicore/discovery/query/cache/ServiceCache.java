package dev.aicore.discovery.query.cache;

import reactor.core.publisher.Mono;

/** Knows the instances of some services, and never says that there are none: only PostgreSQL may. */
@FunctionalInterface
public interface ServiceCache {

    /** Knows nothing. */
    ServiceCache NONE = service -> Mono.empty();

    /**
     * The present instances of a service, ordered by id; at least one.
     *
     * @return empty if it doesn't know, for whatever reason; it never fails
     */
    Mono<TimestampedRead> find(String service);
}
