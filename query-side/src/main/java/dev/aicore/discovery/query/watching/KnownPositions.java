package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
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
                : furthest.flatMap(
                        last -> wanted <= last ? Mono.<Void>empty() : Mono.error(otherStore(parameter, wanted, last)));
    }

    private static RegistryException otherStore(String parameter, long position, long furthest) {
        return new RegistryException(
                ErrorCode.OTHER_STORE,
                "This store has no position " + position + " yet; its last one is " + furthest + ".",
                new FieldError(parameter, "is of another store", position, "a position up to " + furthest));
    }
}
