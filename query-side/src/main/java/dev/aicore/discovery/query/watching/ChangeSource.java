package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import java.util.List;
import reactor.core.publisher.Mono;

/** Source of the changes of services. Each read fails with {@code store_unavailable} if it can't be done. */
interface ChangeSource extends ChangePoller {

    /** Returns the store's last position. */
    Mono<Long> lastPosition();

    /** Returns at most {@code limit} changes of a service after {@code after} and up to {@code upTo}, in order. */
    Mono<List<InstanceChangeView>> changes(String service, long after, long upTo, int limit);

    /** Returns the state of a service at a position up to which changes can be read. */
    Mono<WatchSnapshot> snapshot(String service, long upTo);

    /**
     * State of a service at a position.
     *
     * @param index position of the last change up to then; 0 if there was none
     * @param instances present instances, ordered by id, without the time of the last observation
     */
    record WatchSnapshot(long position, long index, List<InstanceView> instances) {
        public WatchSnapshot {
            instances = List.copyOf(instances);
        }
    }
}
