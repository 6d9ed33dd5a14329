package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.List;

/**
 * How a service was at a position.
 *
 * @param instances the present ones, ordered by id; when they were last heard isn't told
 * @param index position of the last change until then, 0 if there was none
 */
record Snapshot(long position, long index, List<InstanceView> instances) {
    Snapshot {
        instances = List.copyOf(instances);
    }
}
