package dev.aicore.discovery.api.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.List;

/**
 * How a service is where the watching begins: exactly what the changes up to there come to, and the next one follows on it.
 *
 * @param position in the store; never that of a change which is still to come
 * @param services all present instances, ordered by id; when they were last heard isn't told
 */
public record ServiceSnapshotView(String serviceName, long position, List<InstanceView> services) {
    public ServiceSnapshotView {
        services = List.copyOf(services);
    }
}
