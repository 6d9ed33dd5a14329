package dev.aicore.discovery.healthchecks.outbound;

import reactor.core.publisher.Mono;

/** The gate in front of every connection to where a declaration says. */
@FunctionalInterface
public interface Egress {

    /**
     * Looks a host up, once, and checks every address that it has. It opens no connection, and never blocks its caller.
     *
     * @param host an address or a name, as declared
     * @param port 1 to 65,535
     * @return fails with {@link OutboundException} alone
     */
    Mono<AllowedAddress> check(String host, int port);
}
