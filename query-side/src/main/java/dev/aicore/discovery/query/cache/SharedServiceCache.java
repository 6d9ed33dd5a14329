package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** Returns the instances of some services. Never reports that a service has no instances: only PostgreSQL may. */
@FunctionalInterface
public interface SharedServiceCache {

    /** Cache that is always empty. */
    SharedServiceCache NONE = service -> Mono.empty();

    /**
     * Returns the present instances of a service, ordered by id; at least one.
     *
     * @return empty if the cache has no usable copy, for any reason; never fails
     */
    Mono<TimestampedRead> find(String service);

    /**
     * Present instances of a service with their position and age.
     *
     * @param read the present instances, ordered by id
     * @param age time since the instances were last confirmed
     */
    record TimestampedRead(PositionedResult<List<InstanceView>> read, Duration age) {

        /** Returns a result that was just read from PostgreSQL, with age zero. */
        public static TimestampedRead fresh(PositionedResult<List<InstanceView>> read) {
            return new TimestampedRead(read, Duration.ZERO);
        }

        public long position() {
            return read.position();
        }
    }
}
