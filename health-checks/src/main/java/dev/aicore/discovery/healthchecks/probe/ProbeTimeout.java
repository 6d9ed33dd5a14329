package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Enforces the timeouts of probes and measures their latencies. */
record ProbeTimeout(TimeSource time, Scheduler timer) {

    static Duration of(Probe probe) {
        return Duration.ofSeconds(probe.check().timeout());
    }

    /** Returns a prober whose time begins with the probe. */
    Prober wrap(CheckRunner runner) {
        return probe -> wrap(probe, Mono.defer(() -> runner.run(probe)));
    }

    /**
     * Returns the probe's result, or a failed result after an error or the timeout. The time begins with the
     * subscription.
     */
    Mono<ProbeResult> wrap(Probe probe, Mono<ProbeResult> look) {
        return Mono.defer(() -> {
            long begun = time.nanos();
            return look.timeout(of(probe), timer)
                    .onErrorResume(failure -> Mono.just(ProbeFailureClassifier.result(failure)))
                    .map(result -> result.took(time.nanos() - begun));
        });
    }

    /**
     * Runs checks of one type. The caller enforces the timeout: a runner may fail, and may not end before it is
     * cancelled.
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
}
