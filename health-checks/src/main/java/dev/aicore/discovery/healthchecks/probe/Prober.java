package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.HealthCheck;
import reactor.core.publisher.Mono;

/** Probes an instance as its check declares. */
@FunctionalInterface
public interface Prober {

    /**
     * Probes an instance once, beginning with the subscription. Cancelling closes what the probe has opened. Never
     * blocks the caller; may complete on an event loop.
     *
     * @return exactly one result, at the latest when the check's timeout has passed; never an error. The time of a
     *     script begins when a place is free, for which it waits no longer than its timeout
     */
    Mono<ProbeResult> probe(Probe probe);

    /**
     * Target and check of a probe.
     *
     * @param id id of the instance
     * @param address declared address: an IP address or a host name
     * @param port 1 to 65,535
     * @param protocol declared protocol; a check of type {@code http} uses TLS if it is {@code https}
     * @param check active check
     */
    record Probe(String id, String address, int port, String protocol, HealthCheck check) {}
}
