package dev.aicore.discovery.web;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;

/** Reads values that are available already, which need neither a timer nor operators. */
public final class ImmediateMono {

    private ImmediateMono() {}

    /**
     * Returns the value of a {@link Mono#just}, or throws the exception of a {@link Mono#error}; null if the
     * {@code Mono} is empty or has to be waited for.
     */
    @SuppressWarnings("unchecked") // a scalar Mono of T contains a T
    public static <T> @Nullable T value(Mono<T> mono) {
        if (!(mono instanceof Fuseable.ScalarCallable<?> known)) {
            return null;
        }
        try {
            return (T) known.call();
        } catch (Exception failure) {
            throw Exceptions.propagate(failure);
        }
    }
}
