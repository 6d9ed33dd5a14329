package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Source of the last changes of some services, in memory. */
public interface RecentChangeSource {

    /** Source without changes. */
    RecentChangeSource NONE = new RecentChangeSource() {
        @Override
        public Optional<List<InstanceChangeView>> between(String service, long after, long upTo, int limit) {
            return Optional.empty();
        }

        @Override
        public Optional<State> state(String service, long position) {
            return Optional.empty();
        }

        @Override
        public Mono<Void> preload(String service) {
            return Mono.empty();
        }
    };

    /**
     * State of a service.
     *
     * @param position up to which the state is complete
     * @param index position of the last change; null if unknown
     * @param instances present instances, ordered by id
     */
    record State(long position, @Nullable Long index, List<InstanceView> instances) {}

    /**
     * Returns at most {@code limit} changes after {@code after} and up to {@code upTo}, in order; empty if some of them
     * may be missing.
     */
    Optional<List<InstanceChangeView>> between(String service, long after, long upTo, int limit);

    /**
     * Returns the state of a service at a position that the watch hub has reported, or a later one; empty if it is
     * unknown.
     */
    Optional<State> state(String service, long position);

    /** Reads a service into memory, so that its next changes are available. Never fails. */
    Mono<Void> preload(String service);
}
