package dev.aicore.discovery.query.watching;

import java.util.List;
import reactor.core.publisher.Mono;

/** Source of the events of streams. */
public interface WatchPageSource {

    /**
     * Returns the next events of a name after {@code after}; {@code upTo} must be a position that the watch hub has
     * reported.
     */
    Mono<WatchPage> page(String name, long after, long upTo);

    /** Returns the state at a position that the watch hub has reported, or at a later one. */
    Mono<EncodedSnapshot> beginning(String name, long position);

    /**
     * Returns those of the names that may have changed after {@code after} and up to {@code upTo}, which must be a
     * position that the watch hub has reported. By default these are all.
     */
    default Mono<List<String>> changed(List<String> names, long after, long upTo) {
        return Mono.just(names);
    }

    /**
     * Completes if the position exists in this store. Fails with {@code other_store} otherwise, because a wait for it
     * would be a wait for changes of a different store.
     *
     * @param parameter name of the parameter that gave the position
     * @param known a position that exists
     */
    Mono<Void> requireKnown(String parameter, long wanted, long known);

    /**
     * State that a stream begins with, encoded for any number of watchers.
     *
     * @param data data of the event, as {@link dev.aicore.discovery.web.StreamingResponseWriter#data} returns it
     * @param position of the state
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and written as it is
    record EncodedSnapshot(byte[] data, long position) {}
}
