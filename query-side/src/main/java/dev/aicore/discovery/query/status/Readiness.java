package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.StatusView.Check;
import dev.aicore.discovery.config.status.ReadinessProbe;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks all of a node's parts whether they are ready. */
final class Readiness {

    private static final Logger log = LoggerFactory.getLogger(Readiness.class);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    /** Anybody may ask, and as often as they like: the parts are asked at most this often. */
    private static final Duration KEPT = Duration.ofMillis(250);

    private final Mono<List<Check>> checks;

    Readiness(List<ReadinessProbe> probes) {
        this.checks = Flux.fromIterable(probes)
                .flatMap(Readiness::ask)
                .sort(Comparator.comparing(Check::name))
                .collectList()
                .cache(KEPT);
    }

    /** All answers, ordered by name; it never fails. */
    Mono<List<Check>> checks() {
        return checks;
    }

    private static Mono<Check> ask(ReadinessProbe probe) {
        return Mono.defer(probe::check).timeout(LONGEST).onErrorResume(failure -> {
            log.warn("A readiness probe failed", failure);
            return Mono.just(new Check(probe.getClass().getSimpleName(), false, "does not answer"));
        });
    }
}
