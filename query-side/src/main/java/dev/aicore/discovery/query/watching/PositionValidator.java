package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.web.AsOfErrors;
import reactor.core.publisher.Mono;

/** Checks that a caller's position belongs to this store. */
public final class PositionValidator {

    private final Mono<Long> furthest;

    /**
     * Creates a validator.
     *
     * @param furthest the store's last position, read on subscription
     */
    public PositionValidator(Mono<Long> furthest) {
        this.furthest = furthest;
    }

    /** Completes or fails as {@link WatchPageSource#requireKnown} specifies. */
    public Mono<Void> require(String parameter, long wanted, long known) {
        return wanted <= known
                ? Mono.empty()
                : furthest.flatMap(last -> wanted <= last
                        ? Mono.<Void>empty()
                        : Mono.error(AsOfErrors.inThisStore(parameter, wanted, last)));
    }
}
