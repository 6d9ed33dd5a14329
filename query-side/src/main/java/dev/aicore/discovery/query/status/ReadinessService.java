package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.HealthView.DeepHealthView.DeepCheck;
import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import dev.aicore.discovery.config.status.ReadinessIndicator;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Checks the readiness of all components of this node. */
final class ReadinessService {

    private static final Logger log = LoggerFactory.getLogger(ReadinessService.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** Minimum interval between two checks: anybody may call the route, as often as they like. */
    private static final Duration CACHE_TTL = Duration.ofMillis(250);

    /** Name of a readiness indicator that failed instead of answering; the log has the details. */
    private static final String UNNAMED = "unknown";

    private final TimeSource time;
    private final Mono<List<DeepCheck>> all;

    ReadinessService(List<ReadinessIndicator> probes, TimeSource time) {
        this.time = time;
        this.all = Flux.fromIterable(probes)
                .flatMap(this::checkAll)
                .sort(Comparator.comparing(DeepCheck::name))
                .collectList()
                .cache(CACHE_TTL);
    }

    /** Returns the results of all components, ordered by name. Never fails. */
    Mono<List<DeepCheck>> all() {
        return all;
    }

    /** Returns the results of the components that the node needs, ordered by name. Never fails. */
    Mono<List<Check>> checks() {
        return all.map(checks -> checks.stream()
                .filter(DeepCheck::needed)
                .map(check -> new Check(check.name(), check.ready(), check.detail()))
                .toList());
    }

    private Mono<DeepCheck> checkAll(ReadinessIndicator indicator) {
        return Mono.defer(() -> {
            long startedNanos = time.nanos();
            return answer(indicator)
                    .map(check -> new DeepCheck(
                            check.name(),
                            check.ready(),
                            indicator.isNeeded(),
                            check.detail(),
                            Duration.ofNanos(time.nanos() - startedNanos).toMillis()));
        });
    }

    private static Mono<Check> answer(ReadinessIndicator indicator) {
        return Mono.defer(indicator::check).timeout(TIMEOUT).onErrorResume(failure -> {
            log.warn("A readiness probe failed", failure);
            return Mono.just(new Check(UNNAMED, false, "does not answer"));
        });
    }
}
