package dev.aicore.discovery.api.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.List;

/**
 * Snapshot of a service at the start of a watch. It contains exactly the changes up to its position; the next change
 * follows on it.
 *
 * @param position position in the store; never that of a change that is still to come
 * @param panicThreshold minimum share of healthy instances, 0 to 1, below which discovery returns all of them; a client
 *     needs it to select the same instances
 * @param services all present instances, ordered by id, without the times of their last heartbeats
 */
public record ServiceSnapshotView(
        String serviceName, long position, double panicThreshold, List<InstanceView> services) {
    public ServiceSnapshotView {
        services = List.copyOf(services);
    }

    /**
     * Bookmark of a watch: no further change of the service up to a position.
     *
     * @param position the position up to which this is known
     */
    public record BookmarkView(long position) {}

    /**
     * Announcement that the node ends the watch, because it stops. Another node can resume it.
     *
     * @param position the position up to which the caller is complete
     * @param reconnectAfterMs delay in milliseconds after which the caller should reconnect; differs between watchers
     */
    public record LeavingView(long position, long reconnectAfterMs) {}
}
