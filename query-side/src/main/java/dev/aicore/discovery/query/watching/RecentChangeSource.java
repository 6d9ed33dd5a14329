package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Knows the last changes of some services from memory. */
public interface RecentChangeSource {

    /** Knows none. */
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
        public Mono<Void> keep(String service) {
            return Mono.empty();
        }
    };

    /**
     * How a service is.
     *
     * @param position with all changes up to it
     * @param index position of the last change; null if that isn't known
     * @param instances the present ones, ordered by id
     */
    record State(long position, @Nullable Long index, List<InstanceView> instances) {}

    /** Returns at most {@code limit} changes behind {@code after} and up to {@code upTo}, in order; empty if it may not have all of them. */
    Optional<List<InstanceChangeView>> between(String service, long after, long upTo, int limit);

    /** Returns how a service is with all changes up to a position that the feed told, or a later one; empty if that isn't known. */
    Optional<State> state(String service, long position);

    /** Reads a service, so that its next changes are known. Never fails. */
    Mono<Void> keep(String service);
}
