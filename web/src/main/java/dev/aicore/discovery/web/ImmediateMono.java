package dev.aicore.discovery.web;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;

/** What is there already needs neither a timer nor operators. */
public final class ImmediateMono {

    private ImmediateMono() {}

    /** The value of a {@link Mono#just}; throws what a {@link Mono#error} fails with; null where it has to be waited for, or is empty. */
    @SuppressWarnings("unchecked") // a Mono of something is a scalar of the same
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
