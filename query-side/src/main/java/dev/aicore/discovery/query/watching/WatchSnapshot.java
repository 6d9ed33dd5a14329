package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.List;

/**
 * How a service was at a position.
 *
 * @param instances the present ones, ordered by id; when they were last heard isn't told
 * @param index position of the last change until then, 0 if there was none
 */
record WatchSnapshot(long position, long index, List<InstanceView> instances) {
    WatchSnapshot {
        instances = List.copyOf(instances);
    }
}
