package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.database.PositionedResult;
import java.time.Duration;
import java.util.List;

/**
 * What a store says of a service.
 *
 * @param read its present instances, ordered by id
 * @param age how long ago that was found to be so
 */
public record TimestampedRead(PositionedResult<List<InstanceView>> read, Duration age) {

    /** What PostgreSQL says. */
    public static TimestampedRead now(PositionedResult<List<InstanceView>> read) {
        return new TimestampedRead(read, Duration.ZERO);
    }

    public long position() {
        return read.position();
    }
}
