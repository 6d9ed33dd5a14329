package dev.aicore.discovery.healthchecks.outbound;

import java.net.InetAddress;
import java.util.List;
import reactor.core.publisher.Mono;

/** Looks host names up. It never blocks its caller. */
@FunctionalInterface
public interface NameResolver {

    /**
     * All addresses of a name, at least one, those to prefer first.
     *
     * @return fails with {@link java.net.UnknownHostException} if there are none, or none could be had in time
     */
    Mono<List<InetAddress>> resolve(String name);
}
