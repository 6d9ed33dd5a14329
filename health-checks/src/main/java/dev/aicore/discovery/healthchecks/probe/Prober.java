package dev.aicore.discovery.healthchecks.probe;

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
}
