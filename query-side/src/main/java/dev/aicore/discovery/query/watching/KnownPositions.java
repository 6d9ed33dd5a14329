package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.web.NoSuchMoment;
import reactor.core.publisher.Mono;

/** Whether a position that a caller has is one of this store. */
public final class KnownPositions {

    private final Mono<Long> furthest;

    /** @param furthest the last position that there is in the store, read when it is subscribed to */
    public KnownPositions(Mono<Long> furthest) {
        this.furthest = furthest;
    }

    /** As {@link Pages#requireKnown} says. */
    public Mono<Void> require(String parameter, long wanted, long known) {
        return wanted <= known
                ? Mono.empty()
                : furthest.flatMap(last -> wanted <= last
                        ? Mono.<Void>empty()
                        : Mono.error(NoSuchMoment.inThisStore(parameter, wanted, last)));
    }
}
