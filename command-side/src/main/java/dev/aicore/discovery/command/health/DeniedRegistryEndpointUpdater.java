package dev.aicore.discovery.command.health;

import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.healthchecks.outbound.DeniedRegistryEndpoints;
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
 * Reserves the ports of the registry's stores, so that no check connects to them. The host names of the stores are
 * resolved periodically, because a store may move or have had no address at the start.
 */
final class DeniedRegistryEndpointUpdater implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeniedRegistryEndpointUpdater.class);
    private static final int SECONDS_BETWEEN = 30;

    private record Store(String host, int port) {}

    private final DeniedRegistryEndpoints deniedRegistryEndpoints;
    private final List<Store> stores = new ArrayList<>();
    private final Set<Store> unknown = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("denied-endpoints").factory());

    /**
     * Creates an updater; it adds endpoints after {@link #start}.
     *
     * @param deniedRegistryEndpoints receives the endpoints of the stores
     */
    DeniedRegistryEndpointUpdater(
            DeniedRegistryEndpoints deniedRegistryEndpoints, PostgresSettings postgres, RedisSettings redis) {
        this.deniedRegistryEndpoints = deniedRegistryEndpoints;
        if (postgres.external()) {
            stores.add(new Store(postgres.host(), postgres.port()));
        }
        if (redis.external()) {
            stores.add(new Store(redis.host(), redis.port()));
        }
    }

    /** Resolves the host names of the stores, which blocks, and repeats it on its own thread until closed. */
    void start() {
        resolve();
        var _ = timer.scheduleWithFixedDelay(this::resolve, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }

    void resolve() {
        stores.forEach(this::add);
    }

    /** Adds the present addresses of a store. Earlier addresses stay reserved, because open connections use them. */
    private void add(Store store) {
        try {
            deniedRegistryEndpoints.add(store.host(), store.port());
            unknown.remove(store);
        } catch (UnknownHostException e) {
            if (unknown.add(store)) {
                log.warn(
                        "Failed to resolve the store's host {}; health checks of a new address are not denied.",
                        store.host());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
