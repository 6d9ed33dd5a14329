package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.web.AsOfErrors;
import reactor.core.publisher.Mono;

/** Whether a position that a caller has is one of this store. */
public final class PositionValidator {

    private final Mono<Long> furthest;

    /** @param furthest the last position that there is in the store, read when it is subscribed to */
    public PositionValidator(Mono<Long> furthest) {
        this.furthest = furthest;
    }

    /** As {@link WatchPageSource#requireKnown} says. */
    public Mono<Void> require(String parameter, long wanted, long known) {
        return wanted <= known
                ? Mono.empty()
                : furthest.flatMap(last -> wanted <= last
                        ? Mono.<Void>empty()
                        : Mono.error(AsOfErrors.inThisStore(parameter, wanted, last)));
    }
}
