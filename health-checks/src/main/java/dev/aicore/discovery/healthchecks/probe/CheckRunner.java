package dev.aicore.discovery.healthchecks.probe;

import reactor.core.publisher.Mono;

/**
 * Runs checks of one type. The caller enforces the timeout: a runner may fail, and may not end before it is cancelled.
 */
@FunctionalInterface
interface CheckRunner {

    /**
     * Runs a check.
     *
     * @return one result without latency, or an error that {@link ProbeFailureClassifier} can classify
     */
    Mono<ProbeResult> run(Probe probe);
}
