package dev.aicore.discovery.client;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Instance of a service as the registry last reported it.
 *
 * @param status derived from the other states: see "Status" in docs/api.md
 * @param protocol protocol of calls, such as {@code https}
 * @param overdue whether the lease has ended, but the instance is protected from expiry: silent, perhaps dead
 * @param halfOpen whether the circuit breaker permits trial calls only
 * @param inService whether its health says something about the checks: neither expired, draining nor in maintenance
 * @param connections open connections that the instance last reported; -1 if unknown
 */
public record RegisteredInstance(
        String id,
        String service,
        String address,
        int port,
        String protocol,
        String version,
        String zone,
        int weight,
        List<String> tags,
        Map<String, String> metadata,
        Status status,
        boolean overdue,
        boolean halfOpen,
        boolean inService,
        long connections) {

    /** Status of an instance. */
    public enum Status {
        HEALTHY,
        UNHEALTHY,
        STARTING,
        EXPIRED,
        MAINTENANCE,
        DRAINING,
        EJECTED,
        /** Status of a later version of the registry. */
        OTHER
    }

    public RegisteredInstance {
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /** Returns the address for calls, such as {@code http://10.0.0.1:8080}; an IPv6 address is in brackets. */
    public URI uri() {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return URI.create(protocol + "://" + host + ":" + port);
    }
}
