package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.RegistryRequestException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Names of all services, requested at most once in {@value #MAX_AGE_SECONDS} seconds. If no node answers, the last ones
 * stay.
 */
final class ServiceNames {
    private static final int MAX_AGE_SECONDS = 5;
    private static final long MAX_AGE_NANOS =
            Duration.ofSeconds(MAX_AGE_SECONDS).toNanos();

    private final Supplier<List<String>> request;
    private final LongSupplier nanoTime;
    private volatile Names names = new Names(List.of(), 0, false);

    private record Names(List<String> names, long requestedAt, boolean known) {}

    /**
     * @param request requests the names; blocks
     * @param nanoTime a monotonic clock in nanoseconds
     */
    ServiceNames(Supplier<List<String>> request, LongSupplier nanoTime) {
        this.request = request;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns the names; blocks if they are too old.
     *
     * @throws RegistryRequestException if no node answers and none has answered before
     */
    List<String> get() {
        var last = names;
        var now = nanoTime.getAsLong();
        if (last.known() && now - last.requestedAt() < MAX_AGE_NANOS) {
            return last.names();
        }
        try {
            names = new Names(List.copyOf(request.get()), now, true);
        } catch (RegistryRequestException e) {
            if (!last.known()) {
                throw e;
            }
            names = new Names(last.names(), now, true);
        }
        return names.names();
    }
}
