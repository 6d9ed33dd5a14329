package dev.aicore.discovery.query.watching;

import reactor.core.publisher.Mono;

/** Source of the events of streams. */
public interface WatchPageSource {

    /**
     * Returns the next events of a name after {@code after}; {@code upTo} must be a position that the watch hub has
     * reported.
     */
    Mono<WatchPage> page(String name, long after, long upTo);

    /**
     * Returns the state at a position that the watch hub has reported, as the single event that a stream begins with.
     */
    Mono<WatchPage> beginning(String name, long position);

    /**
     * Completes if the position exists in this store. Fails with {@code other_store} otherwise, because a wait for it
     * would be a wait for changes of a different store.
     *
     * @param parameter name of the parameter that gave the position
     * @param known a position that exists
     */
    Mono<Void> requireKnown(String parameter, long wanted, long known);
}
