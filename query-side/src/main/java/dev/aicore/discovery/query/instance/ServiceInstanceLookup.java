package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.cache.ServiceCache;
import dev.aicore.discovery.query.cache.TimestampedRead;
import dev.aicore.discovery.query.database.PositionedResult;
import dev.aicore.discovery.query.watermark.ConsistencyRequirement;
import dev.aicore.discovery.query.watermark.ReadYourWritesBarrier;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** The present instances of a service: from the cache if that knows them, and enough; from PostgreSQL otherwise. */
public final class ServiceInstanceLookup {

    private final ServiceCache cache;
    private final InstanceReader instances;
    private final ReadYourWritesBarrier readYourWritesBarrier;

    public ServiceInstanceLookup(
            ServiceCache cache, InstanceReader instances, ReadYourWritesBarrier readYourWritesBarrier) {
        this.cache = cache;
        this.instances = instances;
        this.readYourWritesBarrier = readYourWritesBarrier;
    }

    /**
     * All of them, ordered by id; when they were last heard isn't told. Empty only if PostgreSQL says so.
     *
     * @param needed position that the cache must have reached to be asked; what PostgreSQL says counts in any case
     * @return fails with {@code not_yet_visible}, or with {@code store_unavailable} if neither store can be read
     */
    public Mono<TimestampedRead> of(String service, ConsistencyRequirement requirement, long needed) {
        long least = Math.max(requirement.position(), needed);
        return otherwise(
                cache.find(service).filter(found -> suffices(found, least)),
                Mono.defer(() -> readYourWritesBarrier.reflect(
                                requirement, InstanceReader.PROJECTIONS, instances.ofService(service)))
                        .map(TimestampedRead::now));
    }

    /**
     * All of them, ordered by id, without their metadata, tags and checks.
     *
     * @return fails with {@code not_yet_visible} or {@code store_unavailable}
     */
    public Mono<PositionedResult<List<InstanceView>>> outlineOf(String service, ConsistencyRequirement requirement) {
        return readYourWritesBarrier.reflect(requirement, InstanceReader.PROJECTIONS, instances.outlineOf(service));
    }

    /**
     * The ids of those whose declaration contains a JSON object, as {@code @>} of PostgreSQL matches.
     *
     * @return fails likewise
     */
    public Mono<PositionedResult<Set<String>>> idsOf(
            String service, String contained, ConsistencyRequirement requirement) {
        return readYourWritesBarrier.reflect(
                requirement, InstanceReader.PROJECTIONS, instances.idsOf(service, contained));
    }

    /**
     * Those that have these ids, ordered by id, with all that they say.
     *
     * @return fails likewise; with {@code answer_too_large} if that is more than may be read at once
     */
    public Mono<PositionedResult<List<InstanceView>>> some(
            String service, Collection<String> ids, ConsistencyRequirement requirement) {
        return readYourWritesBarrier.reflect(requirement, InstanceReader.PROJECTIONS, instances.some(service, ids));
    }

    /** What the cache says; empty if it doesn't know. */
    public Mono<TimestampedRead> cached(String service) {
        return cache.find(service);
    }

    private static <T> Mono<T> otherwise(Mono<T> cached, Mono<T> read) {
        return cached.switchIfEmpty(read);
    }

    private static boolean suffices(TimestampedRead found, long least) {
        return found.position() >= least;
    }
}
