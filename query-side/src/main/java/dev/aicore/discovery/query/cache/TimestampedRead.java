package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import java.time.Duration;
import java.util.List;

/**
 * Present instances of a service with their position and age.
 *
 * @param read the present instances, ordered by id
 * @param age time since the instances were last confirmed
 */
public record TimestampedRead(PositionedResult<List<InstanceView>> read, Duration age) {

    /** Returns a result that was just read from PostgreSQL, with age zero. */
    public static TimestampedRead fresh(PositionedResult<List<InstanceView>> read) {
        return new TimestampedRead(read, Duration.ZERO);
    }

    public long position() {
        return read.position();
    }
}
