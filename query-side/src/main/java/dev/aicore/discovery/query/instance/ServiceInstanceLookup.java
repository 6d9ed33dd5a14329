package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.cache.SharedServiceCache;
import dev.aicore.discovery.query.cache.SharedServiceCache.TimestampedRead;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Looks up the present instances of a service: in the cache if its copy is recent enough, otherwise in PostgreSQL. */
public final class ServiceInstanceLookup {

    private final SharedServiceCache cache;
    private final InstanceReader instances;
    private final ReadYourWritesBarrier readYourWritesBarrier;

    public ServiceInstanceLookup(
            SharedServiceCache cache, InstanceReader instances, ReadYourWritesBarrier readYourWritesBarrier) {
        this.cache = cache;
        this.instances = instances;
        this.readYourWritesBarrier = readYourWritesBarrier;
    }

    /**
     * Returns all instances, ordered by id, without the time of the last observation. Empty only if PostgreSQL has
     * none.
     *
     * @param needed position that a cached copy must have reached; a read of PostgreSQL is accepted at any position
     * that satisfies the requirement
     * @return fails with {@code not_yet_visible}, or with {@code store_unavailable} if neither store can be read
     */
    public Mono<TimestampedRead> of(String service, ConsistencyRequirement requirement, long needed) {
        long minPosition = Math.max(requirement.position(), needed);
        return orElse(
                cache.find(service).filter(read -> isRecentEnough(read, minPosition)),
                Mono.defer(() -> readYourWritesBarrier.readAtLeast(
                                requirement, InstanceReader.PROJECTIONS, instances.ofService(service)))
                        .map(TimestampedRead::fresh));
    }

    /**
     * Returns all instances, ordered by id, without metadata, tags and checks.
     *
     * @return fails with {@code not_yet_visible} or {@code store_unavailable}
     */
    public Mono<PositionedResult<List<InstanceView>>> outlineOf(String service, ConsistencyRequirement requirement) {
        return readYourWritesBarrier.readAtLeast(requirement, InstanceReader.PROJECTIONS, instances.outlineOf(service));
    }

    /**
     * Returns the ids of the instances whose declaration contains a JSON object, like PostgreSQL's operator {@code @>}.
     *
     * @return fails with {@code not_yet_visible} or {@code store_unavailable}
     */
    public Mono<PositionedResult<Set<String>>> idsOf(
            String service, String contained, ConsistencyRequirement requirement) {
        return readYourWritesBarrier.readAtLeast(
                requirement, InstanceReader.PROJECTIONS, instances.idsOf(service, contained));
    }

    /**
     * Returns the instances with one of the ids, ordered by id, with their complete declarations.
     *
     * @return fails with {@code not_yet_visible} or {@code store_unavailable}; with {@code answer_too_large} if the
     * declarations exceed the limit of one read
     */
    public Mono<PositionedResult<List<InstanceView>>> findByIds(
            String service, Collection<String> ids, ConsistencyRequirement requirement) {
        return readYourWritesBarrier.readAtLeast(
                requirement, InstanceReader.PROJECTIONS, instances.findByIds(service, ids));
    }

    /** Returns the cached instances; empty if the cache has no usable copy. */
    public Mono<TimestampedRead> cached(String service) {
        return cache.find(service);
    }

    private static <T> Mono<T> orElse(Mono<T> cached, Mono<T> read) {
        return cached.switchIfEmpty(read);
    }

    private static boolean isRecentEnough(TimestampedRead read, long minPosition) {
        return read.position() >= minPosition;
    }
}
