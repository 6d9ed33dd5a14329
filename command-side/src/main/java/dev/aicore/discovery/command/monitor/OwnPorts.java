package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.config.outbound.OwnEndpoints;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.RedisSettings;
import io.lettuce.core.RedisURI;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which ports are the registry's own and those of its stores, so that no check goes there. */
final class OwnPorts {

    private static final Logger log = LoggerFactory.getLogger(OwnPorts.class);

    private OwnPorts() {}

    /** Looks the stores' names up, which blocks. */
    static OwnEndpoints ofStores(PostgresSettings postgres, RedisSettings redis) {
        var own = OwnEndpoints.ofThisMachine();
        if (postgres.external()) {
            add(own, postgres.host(), postgres.port());
        }
        var url = redis.url();
        if (url != null) {
            var uri = RedisURI.create(url);
            add(own, uri.getHost(), uri.getPort());
        }
        return own;
    }

    private static void add(OwnEndpoints own, String host, int port) {
        try {
            own.add(host, port);
        } catch (UnknownHostException unknown) {
            log.warn("The store's host {} has no address just now: health checks of it are not refused.", host);
        }
    }
}
