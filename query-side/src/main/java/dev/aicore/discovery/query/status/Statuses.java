package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.status.Node;
import dev.aicore.discovery.api.status.StatusPart;
import dev.aicore.discovery.api.status.StatusView;
import dev.aicore.discovery.api.status.StatusView.Check;
import dev.aicore.discovery.api.status.StatusView.Projection;
import dev.aicore.discovery.api.status.StatusView.Registry;
import dev.aicore.discovery.api.status.StatusView.Store;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.watermark.WatermarkReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Puts together how the registry is: what PostgreSQL holds, and what this node's parts say. */
final class Statuses {

    private final Node node;
    private final List<StatusSource> sources;
    private final Readiness readiness;
    private final StatusReader reader;
    private final WatermarkReader watermarks;
    private final TimeSource time;

    Statuses(
            Node node,
            List<StatusSource> sources,
            Readiness readiness,
            StatusReader reader,
            WatermarkReader watermarks,
            TimeSource time) {
        this.node = node;
        this.sources = List.copyOf(sources);
        this.readiness = readiness;
        this.reader = reader;
        this.watermarks = watermarks;
        this.time = time;
    }

    /** What PostgreSQL holds. */
    private record Held(Store store, Map<String, Long> marks, Registry registry) {}

    /** How the registry is now; without what PostgreSQL holds, if that is away. */
    Mono<StatusView> now() {
        return Mono.zip(readiness.checks(), held())
                .map(both -> view(both.getT1(), both.getT2().orElse(null)));
    }

    private Mono<Optional<Held>> held() {
        // The marks are read first: what is folded in between must not look as if it were ahead of the store.
        return watermarks
                .all()
                .flatMap(marks -> Mono.zip(reader.store(), reader.registry())
                        .map(both -> Optional.of(new Held(both.getT1(), marks, both.getT2()))))
                .onErrorResume(RegistryException.class, away -> Mono.just(Optional.empty()))
                .defaultIfEmpty(Optional.empty());
    }

    private StatusView view(List<Check> checks, @Nullable Held held) {
        StatusPart.Shards shards = null;
        StatusPart.Leases leases = null;
        var folding = new HashMap<String, StatusPart.Projection>();
        var breakers = new TreeMap<String, StatusPart.Breaker>();
        for (var part :
                sources.stream().flatMap(source -> source.parts().stream()).toList()) {
            switch (part) {
                case StatusPart.Shards found -> shards = found;
                case StatusPart.Leases found -> leases = found;
                case StatusPart.Projection found -> folding.put(found.name(), found);
                case StatusPart.Breaker found -> breakers.put(found.name(), found);
            }
        }
        return new StatusView(
                node.version(),
                node.environment(),
                node.target(),
                node.name(),
                node.startedAt(),
                Duration.between(node.startedAt(), time.now()).toSeconds(),
                checks.stream().allMatch(Check::ready),
                checks,
                List.copyOf(breakers.values()),
                held == null ? null : held.store(),
                shards,
                held == null ? List.of() : projections(held, folding),
                leases,
                held == null ? null : held.registry());
    }

    private static List<Projection> projections(Held held, Map<String, StatusPart.Projection> folding) {
        var positions = new TreeMap<String, Long>();
        folding.keySet().forEach(name -> positions.put(name, 0L));
        positions.putAll(held.marks());
        return positions.entrySet().stream()
                .map(mark ->
                        projection(mark.getKey(), mark.getValue(), held.store().position(), folding.get(mark.getKey())))
                .toList();
    }

    private static Projection projection(
            String name, long position, long head, StatusPart.@Nullable Projection folding) {
        return new Projection(
                name,
                position,
                Math.max(0, head - position),
                folding == null ? null : folding.state(),
                folding == null ? 0 : folding.parked());
    }
}
