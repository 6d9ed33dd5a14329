package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.ClientNetwork;
import dev.aicore.discovery.web.NetworkConcurrencyLimit;
import java.net.InetAddress;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Limits the number of reads of stores on behalf of DNS clients, in total and per network, and their duration. */
final class PendingQueryLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final NetworkConcurrencyLimit limit;
    private final Duration timeout;

    PendingQueryLimit(int maxQueries, int maxPerNetwork, Duration timeout) {
        this.limit = new NetworkConcurrencyLimit(maxQueries, maxPerNetwork);
        this.timeout = timeout;
    }

    /** Returns a read that fails with {@code overloaded} at once if too many are under way. */
    <T> Mono<T> bound(InetAddress source, Mono<T> read) {
        return Mono.using(() -> acquire(ClientNetwork.of(source)), _ -> read.timeout(timeout), limit::release);
    }

    private String acquire(String network) {
        if (!limit.tryAcquire(network)) {
            throw new RegistryException(ErrorCode.OVERLOADED, "Too many DNS queries wait for a store.", RETRY_AFTER);
        }
        return network;
    }
}
