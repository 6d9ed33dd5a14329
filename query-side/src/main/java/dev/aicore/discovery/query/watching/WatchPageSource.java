package dev.aicore.discovery.query.watching;

import reactor.core.publisher.Mono;

/** Where streams get their events. */
public interface WatchPageSource {

    /** The next events of one thing behind {@code after}; {@code upTo} must be a position that the feed told. */
    Mono<WatchPage> page(String name, long after, long upTo);

    /** How it was at a position that the feed told, as the one event that a stream begins with. */
    Mono<WatchPage> beginning(String name, long position);

    /**
     * Completes if there is such a position in this store; fails with {@code other_store} if not: to wait for it would be to
     * wait for the changes of a store that isn't this one.
     *
     * @param parameter what the caller gave it as
     * @param known a position that is there
     */
    Mono<Void> requireKnown(String parameter, long wanted, long known);
}
