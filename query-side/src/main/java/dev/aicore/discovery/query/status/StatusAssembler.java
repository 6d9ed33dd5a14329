package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.api.status.NodeInfo;
import dev.aicore.discovery.api.status.RegistryStatusView;
import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import dev.aicore.discovery.api.status.RegistryStatusView.Projection;
import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.api.status.RegistryStatusView.Store;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.WatermarkReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Assembles the registry's status from PostgreSQL and from the components of this node. */
final class StatusAssembler {

    private final NodeInfo nodeInfo;
    private final List<StatusSource> sources;
    private final ReadinessService readinessService;
    private final StatusReader reader;
    private final WatermarkReader watermarks;
    private final TimeSource time;

    StatusAssembler(
            NodeInfo nodeInfo,
            List<StatusSource> sources,
            ReadinessService readinessService,
            StatusReader reader,
            WatermarkReader watermarks,
            TimeSource time) {
        this.nodeInfo = nodeInfo;
        this.sources = List.copyOf(sources);
        this.readinessService = readinessService;
        this.reader = reader;
        this.watermarks = watermarks;
        this.time = time;
    }

    /** State read from PostgreSQL. */
    private record DatabaseState(Store store, Map<String, Long> marks, Registry registry) {}

    /** Returns the present status; without the state from PostgreSQL if that is unavailable. */
    Mono<RegistryStatusView> assemble() {
        return Mono.zip(readinessService.checks(), databaseState())
                .map(both -> view(both.getT1(), both.getT2().orElse(null)));
    }

    private Mono<Optional<DatabaseState>> databaseState() {
        // Watermarks are read first, so that facts folded in between don't make a projection appear ahead of the store.
        return watermarks
                .all()
                .flatMap(marks -> Mono.zip(reader.store(), reader.registry())
                        .map(both -> Optional.of(new DatabaseState(both.getT1(), marks, both.getT2()))))
                .onErrorResume(RegistryException.class, away -> Mono.just(Optional.empty()))
                .defaultIfEmpty(Optional.empty());
    }

    private RegistryStatusView view(List<Check> checks, @Nullable DatabaseState databaseState) {
        ComponentStatus.Shards shards = null;
        ComponentStatus.Leases leases = null;
        ComponentStatus.AxonServer axonServer = null;
        var folding = new HashMap<String, ComponentStatus.Projection>();
        var breakers = new TreeMap<String, ComponentStatus.Breaker>();
        var bridges = new TreeMap<String, ComponentStatus.Bridge>();
        for (var part :
                sources.stream().flatMap(source -> source.parts().stream()).toList()) {
            switch (part) {
                case ComponentStatus.Shards found -> shards = found;
                case ComponentStatus.Leases found -> leases = found;
                case ComponentStatus.Projection projection -> folding.put(projection.name(), projection);
                case ComponentStatus.Breaker breaker -> breakers.put(breaker.name(), breaker);
                case ComponentStatus.Bridge bridge -> bridges.put(bridge.name(), bridge);
                case ComponentStatus.AxonServer found -> axonServer = found;
            }
        }
        return new RegistryStatusView(
                nodeInfo.version(),
                nodeInfo.environment(),
                nodeInfo.target(),
                nodeInfo.name(),
                nodeInfo.startedAt(),
                Duration.between(nodeInfo.startedAt(), time.now()).toSeconds(),
                checks.stream().allMatch(Check::ready),
                checks,
                List.copyOf(breakers.values()),
                databaseState == null ? null : databaseState.store(),
                shards,
                databaseState == null ? List.of() : projections(databaseState, folding),
                leases,
                databaseState == null ? null : databaseState.registry(),
                List.copyOf(bridges.values()),
                axonServer);
    }

    private static List<Projection> projections(
            DatabaseState databaseState, Map<String, ComponentStatus.Projection> folding) {
        var positions = new TreeMap<String, Long>();
        folding.keySet().forEach(name -> positions.put(name, 0L));
        positions.putAll(databaseState.marks());
        return positions.entrySet().stream()
                .map(mark -> projection(
                        mark.getKey(), mark.getValue(), databaseState.store().position(), folding.get(mark.getKey())))
                .toList();
    }

    private static Projection projection(
            String name, long position, long head, ComponentStatus.@Nullable Projection folding) {
        return new Projection(
                name,
                position,
                Math.max(0, head - position),
                folding == null ? null : folding.state(),
                folding == null ? 0 : folding.parked());
    }
}
