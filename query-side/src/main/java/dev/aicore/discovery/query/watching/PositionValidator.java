package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.web.AsOfErrors;
import reactor.core.publisher.Mono;

/** Checks that a caller's position belongs to this store. */
public final class PositionValidator {

    private final Mono<Long> lastPosition;

    /**
     * Creates a validator.
     *
     * @param lastPosition the store's last position, read on subscription
     */
    public PositionValidator(Mono<Long> lastPosition) {
        this.lastPosition = lastPosition;
    }

    /** Completes or fails as {@link WatchPageSource#requireKnown} specifies. */
    public Mono<Void> require(String parameter, long wanted, long known) {
        return wanted <= known
                ? Mono.empty()
                : lastPosition.flatMap(last -> wanted <= last
                        ? Mono.<Void>empty()
                        : Mono.error(AsOfErrors.beyondStore(parameter, wanted, last)));
    }
}
