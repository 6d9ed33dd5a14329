package dev.aicore.discovery.healthchecks.probe;

import reactor.core.publisher.Mono;

/** Runs checks of one type. Time is kept around it: it may fail, and may never end unless it is cancelled. */
@FunctionalInterface
interface CheckRunner {

    /** One result without a latency, or an error that {@link ProbeFailureClassifier} can tell. */
    Mono<ProbeResult> run(Probe probe);
}
