package dev.aicore.discovery.healthchecks.outbound;

import java.net.InetAddress;
import java.util.List;
import reactor.core.publisher.Mono;

/** Resolves host names. Never blocks. */
@FunctionalInterface
public interface NameResolver {

    /**
     * Returns all addresses of a name, at least one, in order of preference.
     *
     * @return fails with {@link java.net.UnknownHostException} if the name has no address or the resolution timed out
     */
    Mono<List<InetAddress>> resolve(String name);
}
