package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.List;

/**
 * State of a service at a position.
 *
 * @param index position of the last change up to then; 0 if there was none
 * @param instances present instances, ordered by id, without the time of the last observation
 */
record WatchSnapshot(long position, long index, List<InstanceView> instances) {
    WatchSnapshot {
        instances = List.copyOf(instances);
    }
}
