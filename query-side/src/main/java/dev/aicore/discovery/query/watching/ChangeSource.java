package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.watching.InstanceChangeView;
import java.util.List;
import reactor.core.publisher.Mono;

/** Where changes of services are read. Each read fails with {@code store_unavailable} while that can't be. */
interface ChangeSource extends ChangePoller {

    /** The last position that there is in the store. */
    Mono<Long> furthest();

    /** At most {@code limit} changes of a service behind {@code after} and up to {@code upTo}, in order. */
    Mono<List<InstanceChangeView>> changes(String service, long after, long upTo, int limit);

    /** How a service was at a position up to which changes can be read. */
    Mono<WatchSnapshot> snapshot(String service, long upTo);
}
