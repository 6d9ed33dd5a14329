package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.healthchecks.outbound.ReservedEndpoints;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which ports are the registry's own and those of its stores, so that no check goes there. Names of stores are looked up now
 * and then: a store may move, or have had no address at the start.
 */
final class ReservedEndpointUpdater implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReservedEndpointUpdater.class);
    private static final int SECONDS_BETWEEN = 30;

    private record Store(String host, int port) {}

    private final ReservedEndpoints reservedEndpoints;
    private final List<Store> stores = new ArrayList<>();
    private final Set<Store> unknown = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("own-ports").factory());

    /** @param reservedEndpoints is told of the stores from {@link #start} on */
    ReservedEndpointUpdater(ReservedEndpoints reservedEndpoints, PostgresSettings postgres, RedisSettings redis) {
        this.reservedEndpoints = reservedEndpoints;
        if (postgres.external()) {
            stores.add(new Store(postgres.host(), postgres.port()));
        }
        if (redis.external()) {
            stores.add(new Store(redis.host(), redis.port()));
        }
    }

    /** Looks the stores' names up, which blocks, and again on a thread of its own until it is closed. */
    void start() {
        resolve();
        var _ = timer.scheduleWithFixedDelay(this::resolve, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }

    void resolve() {
        stores.forEach(this::add);
    }

    /** What a store's name was before is still known: who is connected goes on there. */
    private void add(Store store) {
        try {
            reservedEndpoints.add(store.host(), store.port());
            unknown.remove(store);
        } catch (UnknownHostException e) {
            if (unknown.add(store)) {
                log.warn(
                        "The store's host {} has no address just now: health checks of a new one are not refused.",
                        store.host());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
