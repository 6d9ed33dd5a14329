package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Holds looks to the timeouts of their checks, and tells how long they took. */
record ProbeTimeout(TimeSource time, Scheduler timer) {

    static Duration of(Probe probe) {
        return Duration.ofSeconds(probe.check().timeout());
    }

    /** A prober whose time begins with the probe. */
    Prober around(CheckRunner runner) {
        return probe -> around(probe, Mono.defer(() -> runner.run(probe)));
    }

    /** The look's own result in time, or what else is to be told of it; its time begins when it is subscribed to. */
    Mono<ProbeResult> around(Probe probe, Mono<ProbeResult> look) {
        return Mono.defer(() -> {
            long begun = time.nanos();
            return look.timeout(of(probe), timer)
                    .onErrorResume(failure -> Mono.just(ProbeFailureClassifier.result(failure)))
                    .map(result -> result.took(time.nanos() - begun));
        });
    }
}
