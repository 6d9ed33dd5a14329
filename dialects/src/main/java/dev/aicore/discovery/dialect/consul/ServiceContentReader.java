package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import dev.aicore.discovery.query.watching.ServiceChangeWaiter;
import dev.aicore.discovery.query.watching.ServiceChangeWaiter.IndexedInstances;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Reads the instances of one service: at once from the snapshot of the registry, in the past as of a point, and after a
 * change by the long poll of the service, which no other service wakes.
 */
final class ServiceContentReader {

    private final RegistrySnapshotService snapshots;
    private final ServiceChangeWaiter changes;

    ServiceContentReader(RegistrySnapshotService snapshots, ServiceChangeWaiter changes) {
        this.snapshots = snapshots;
        this.changes = changes;
    }

    /**
     * Instances of a service.
     *
     * @param name name of the service
     * @param index index that the client waits with next; never less than the one it came with
     * @param version position that determines the instances: the service hasn't changed after it
     * @param past true for the state at a point in the past
     */
    record ServiceContent(String name, List<InstanceView> instances, long index, long version, boolean past) {}

    /** Returns the instances; after a change if the parameters name an index, else ready if they are in memory. */
    Mono<ServiceContent> read(String service, ReadParameters parameters, Caller caller) {
        var at = parameters.at();
        if (at != null) {
            return snapshots
                    .asOf(at, caller)
                    .map(past -> new ServiceContent(
                            service, past.service(service).instances(), past.position(), past.position(), true));
        }
        if (parameters.patience().isZero()) {
            var held = snapshots.findCurrent();
            return held == null
                    ? snapshots.current().map(now -> content(service, now, caller))
                    : Mono.just(content(service, held, caller));
        }
        return await(service, parameters, caller);
    }

    private static ServiceContent content(String service, RegistrySnapshot now, Caller caller) {
        var found = now.visibleTo(caller).service(service);
        return new ServiceContent(service, found.instances(), found.index(), found.index(), false);
    }

    private Mono<ServiceContent> await(String service, ReadParameters parameters, Caller caller) {
        long after = parameters.after();
        return changes.awaitChange(service, after, parameters.patience(), caller)
                // The index of a service that another source has reported may be later than its last change.
                .map(now -> content(service, now, Math.max(after, now.index())))
                .onErrorResume(
                        ServiceContentReader::isOfFuture,
                        _ -> changes.awaitChange(service, 0, parameters.patience(), caller)
                                .flatMap(
                                        now -> changes.awaitChange(service, now.index(), parameters.patience(), caller))
                                .map(now -> content(service, now, now.index())));
    }

    private static ServiceContent content(String service, IndexedInstances now, long index) {
        return new ServiceContent(service, now.instances(), index, now.index(), false);
    }

    private static boolean isOfFuture(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.code() == ErrorCode.OTHER_STORE;
    }
}
