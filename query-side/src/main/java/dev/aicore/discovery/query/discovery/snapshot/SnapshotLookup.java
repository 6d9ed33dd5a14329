package dev.aicore.discovery.query.discovery.snapshot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Result of a lookup of a service.
 *
 * @param position up to which the snapshot is complete
 * @param age time since the snapshot was last known to be current; null if that is within the limits of a cache
 */
public record SnapshotLookup(
        ServiceSnapshot service, long position, @Nullable Duration age) {

    static SnapshotLookup of(ServiceSnapshot service) {
        return new SnapshotLookup(service, service.position(), null);
    }
}
