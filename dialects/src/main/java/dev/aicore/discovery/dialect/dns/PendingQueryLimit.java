package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.ClientNetwork;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Limits the number of reads of stores on behalf of DNS clients, in total and per network, and their duration. */
final class PendingQueryLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int maxQueries;
    private final int maxPerNetwork;
    private final Duration timeout;
    private final Map<String, Integer> ofNetworks = new HashMap<>();
    private int acquired;

    PendingQueryLimit(int maxQueries, int maxPerNetwork, Duration timeout) {
        this.maxQueries = maxQueries;
        this.maxPerNetwork = maxPerNetwork;
        this.timeout = timeout;
    }

    /** Returns a read that fails with {@code overloaded} at once if too many are under way. */
    <T> Mono<T> bound(InetAddress source, Mono<T> read) {
        return Mono.using(() -> acquire(ClientNetwork.of(source)), _ -> read.timeout(timeout), this::release);
    }

    private synchronized String acquire(String network) {
        int own = ofNetworks.getOrDefault(network, 0);
        if (acquired >= maxQueries || own >= maxPerNetwork) {
            throw new RegistryException(ErrorCode.OVERLOADED, "Too many DNS queries wait for a store.", RETRY_AFTER);
        }
        acquired++;
        ofNetworks.put(network, own + 1);
        return network;
    }

    private synchronized void release(String network) {
        acquired--;
        ofNetworks.computeIfPresent(network, (_, own) -> own == 1 ? null : own - 1);
    }
}
