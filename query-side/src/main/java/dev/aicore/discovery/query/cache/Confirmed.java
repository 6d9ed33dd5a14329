package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.database.Marked;
import java.time.Duration;
import java.util.List;

/**
 * What a store says of a service.
 *
 * @param read its present instances, ordered by id
 * @param age how long ago that was found to be so
 */
public record Confirmed(Marked<List<InstanceView>> read, Duration age) {

    /** What PostgreSQL says. */
    public static Confirmed now(Marked<List<InstanceView>> read) {
        return new Confirmed(read, Duration.ZERO);
    }

    public long position() {
        return read.position();
    }
}
