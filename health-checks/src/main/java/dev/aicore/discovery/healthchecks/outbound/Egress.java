package dev.aicore.discovery.healthchecks.outbound;

import reactor.core.publisher.Mono;

/** Checks every target that a declaration names before a connection is opened. */
@FunctionalInterface
public interface Egress {

    /**
     * Resolves the host once and checks every address that it has. Opens no connection and never blocks.
     *
     * @param host address or name, as declared
     * @param port 1 to 65,535
     * @return the address to connect to; fails only with {@link OutboundException}
     */
    Mono<AllowedAddress> check(String host, int port);
}
