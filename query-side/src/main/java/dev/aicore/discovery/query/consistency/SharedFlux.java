package dev.aicore.discovery.query.consistency;

import java.util.concurrent.CancellationException;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/** Makes connections that several subscribers share safe for those that come while the last other one leaves. */
public final class SharedFlux {

    private SharedFlux() {}

    /**
     * Returns the flux with a further subscription for a subscriber that has joined an ending connection. Reactor's
     * {@code refCount} disconnects when the last subscriber leaves, and fails one that has joined since with a
     * {@link CancellationException}.
     *
     * @param shared result of {@link Flux#share()} or of a {@code refCount}
     */
    public static <T> Flux<T> rejoining(Flux<T> shared) {
        return shared.retryWhen(Retry.indefinitely().filter(CancellationException.class::isInstance));
    }
}
