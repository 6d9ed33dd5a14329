package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.HealthCheck;
import org.jspecify.annotations.Nullable;
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
     * @param component id of the check among several of the instance; null if it is the only one
     */
    record Probe(
            String id,
            String address,
            int port,
            String protocol,
            HealthCheck check,
            @Nullable String component) {

        /** Creates a probe of an instance's only check. */
        public Probe(String id, String address, int port, String protocol, HealthCheck check) {
            this(id, address, port, protocol, check, null);
        }

        /** Returns the key of the check, unique among the checks of all instances. */
        public String key() {
            return key(id, component);
        }

        /** Returns the key of an instance's check; of its only check if {@code component} is null. */
        public static String key(String id, @Nullable String component) {
            return component == null ? id : id + '\n' + component; // ids of instances contain no line breaks
        }
    }
}
