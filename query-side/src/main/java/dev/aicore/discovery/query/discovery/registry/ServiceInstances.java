package dev.aicore.discovery.query.discovery.registry;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.snapshot.IdSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Present instances of a service, of every status.
 *
 * @param index a position such that the service hasn't changed after it up to the snapshot's position; usually that of
 *     its last change
 * @param completeUpTo position up to which all facts of the service are contained
 * @param instances ordered by id
 */
public record ServiceInstances(String name, long index, long completeUpTo, List<InstanceView> instances) {

    public ServiceInstances {
        instances = List.copyOf(instances);
    }

    /** Returns the instance with an id; null if there is none. */
    public @Nullable InstanceView find(String id) {
        int place = IdSearch.indexOf(instances, InstanceView::id, id);
        return place < 0 ? null : instances.get(place);
    }
}
