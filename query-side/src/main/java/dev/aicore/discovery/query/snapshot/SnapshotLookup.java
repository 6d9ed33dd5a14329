package dev.aicore.discovery.query.snapshot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a service.
 *
 * @param position it has all changes up to there
 * @param age how long ago it was last known to be so; null if that is within the bounds of a cache
 */
public record SnapshotLookup(
        ServiceSnapshot service, long position, @Nullable Duration age) {

    static SnapshotLookup of(ServiceSnapshot service) {
        return new SnapshotLookup(service, service.position(), null);
    }
}
