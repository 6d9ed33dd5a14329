package dev.aicore.discovery.api.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.List;

/**
 * Snapshot of a service at the start of a watch. It contains exactly the changes up to its position; the next change
 * follows on it.
 *
 * @param position position in the store; never that of a change that is still to come
 * @param services all present instances, ordered by id, without the times of their last heartbeats
 */
public record ServiceSnapshotView(String serviceName, long position, List<InstanceView> services) {
    public ServiceSnapshotView {
        services = List.copyOf(services);
    }

    /**
     * Bookmark of a watch: no further change of the service up to a position.
     *
     * @param position the position up to which this is known
     */
    public record BookmarkView(long position) {}
}
