package dev.aicore.discovery.healthchecks.probe;

import reactor.core.publisher.Mono;

/** Looks at an instance as its check says. */
@FunctionalInterface
public interface Prober {

    /**
     * One look, begun when it is subscribed to. Cancelled, it drops what it had opened.
     *
     * @return exactly one result, at the latest when the check's timeout is over; never an error. A script's time begins when it has its
     *     place, which it waits for no longer than its timeout. It never blocks the caller, and may come on an event loop
     */
    Mono<ProbeResult> probe(Probe probe);
}
