package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.consul.CatalogIndex.CatalogServices;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Reads of the whole registry, after a change if the parameters name an index. */
final class RegistryReader {

    private final RegistrySnapshotService snapshots;
    private final CatalogIndex catalogIndex = new CatalogIndex();

    RegistryReader(RegistrySnapshotService snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * Content with its index.
     *
     * @param index index that the client waits with next; never less than the one it came with, unless that was of the
     *     future
     */
    record IndexedContent<T>(T content, long index) {}

    /** Returns the names and tags of all services. */
    Mono<IndexedContent<CatalogServices>> catalogServices(ReadParameters parameters, Caller caller) {
        // The services that a scoped caller sees may change without those of the registry, so any change counts.
        ToLongFunction<RegistrySnapshot> index =
                caller.reach() == null && parameters.at() == null ? catalogIndex::of : RegistrySnapshot::index;
        return read(index, parameters, caller)
                .map(found -> new IndexedContent<>(
                        found.content().derive(CatalogServices.class, CatalogServices::of), found.index()));
    }

    /** Returns the instances of all services, ordered by service and native id. */
    Mono<IndexedContent<Stream<ConsulInstance>>> instances(ReadParameters parameters, Caller caller) {
        return read(RegistrySnapshot::index, parameters, caller)
                .map(found -> new IndexedContent<>(instances(found.content()), found.index()));
    }

    /** Returns the instances of a service, ordered by native id, after a change of any service. */
    Mono<IndexedContent<Stream<ConsulInstance>>> instances(String service, ReadParameters parameters, Caller caller) {
        return read(RegistrySnapshot::index, parameters, caller)
                .map(found -> new IndexedContent<>(
                        found.content().service(service).instances().stream().map(ConsulInstance::of), found.index()));
    }

    /** Completes after the time that a caller waits for a change of what never changes. */
    Mono<Void> awaitNothing(ReadParameters parameters, Caller caller) {
        return parameters.patience().isZero()
                ? Mono.empty()
                : snapshots
                        .awaitChange(_ -> 0, Long.MAX_VALUE, parameters.patience(), caller)
                        .then();
    }

    private static Stream<ConsulInstance> instances(RegistrySnapshot snapshot) {
        return snapshot.services().stream()
                .flatMap(service -> service.instances().stream())
                .map(ConsulInstance::of);
    }

    private Mono<IndexedContent<RegistrySnapshot>> read(
            ToLongFunction<RegistrySnapshot> index, ReadParameters parameters, Caller caller) {
        var at = parameters.at();
        if (at != null) {
            return snapshots.asOf(at, caller).map(past -> new IndexedContent<>(past, past.position()));
        }
        var now = parameters.patience().isZero()
                ? snapshots.current(caller)
                : snapshots.awaitChange(index, parameters.after(), parameters.patience(), caller);
        return now.map(snapshot -> new IndexedContent<>(snapshot, reported(index, snapshot, parameters)));
    }

    private static long reported(
            ToLongFunction<RegistrySnapshot> index, RegistrySnapshot snapshot, ReadParameters parameters) {
        long own = index.applyAsLong(snapshot);
        return parameters.after() <= snapshot.position() ? Math.max(own, parameters.after()) : own;
    }
}
