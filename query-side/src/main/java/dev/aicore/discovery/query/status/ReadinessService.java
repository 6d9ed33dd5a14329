package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.DeepHealthView.DeepCheck;
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

/** Asks all of a node's parts whether they are ready. */
final class ReadinessService {

    private static final Logger log = LoggerFactory.getLogger(ReadinessService.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** Anybody may ask, and as often as they like: the parts are asked at most this often. */
    private static final Duration CACHE_TTL = Duration.ofMillis(250);

    /** Of a probe that broke its promise to answer; the log knows more. */
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

    /** The answers of all parts, ordered by name; it never fails. */
    Mono<List<DeepCheck>> all() {
        return all;
    }

    /** The answers of those that the node needs, ordered by name; it never fails. */
    Mono<List<Check>> checks() {
        return all.map(checks -> checks.stream()
                .filter(DeepCheck::needed)
                .map(check -> new Check(check.name(), check.ready(), check.detail()))
                .toList());
    }

    private Mono<DeepCheck> checkAll(ReadinessIndicator indicator) {
        return Mono.defer(() -> {
            long asked = time.nanos();
            return answer(indicator)
                    .map(check -> new DeepCheck(
                            check.name(),
                            check.ready(),
                            indicator.isNeeded(),
                            check.detail(),
                            Duration.ofNanos(time.nanos() - asked).toMillis()));
        });
    }

    private static Mono<Check> answer(ReadinessIndicator indicator) {
        return Mono.defer(indicator::check).timeout(TIMEOUT).onErrorResume(failure -> {
            log.warn("A readiness probe failed", failure);
            return Mono.just(new Check(UNNAMED, false, "does not answer"));
        });
    }
}
