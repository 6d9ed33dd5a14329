package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.lease.LeaseState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes an instance to callers, in every response that contains instances.
 *
 * @param serviceId equal to {@code id}; the name that older clients read
 * @param ttl the requested lease in seconds
 * @param effectiveTtl the effective lease in seconds, see {@link Declaration#effectiveTtl}
 * @param status the status that {@code declared}, {@code lease}, {@code health} and {@code breaker} result in
 * @param owner the owner's principal
 * @param lastHeartbeat the time of the last heartbeat, up to some seconds late; null if there is none yet, or if the
 *     query is about the past
 * @param position position of the last fact about the instance
 * @param parked true if a later fact about the instance is a dead letter of the read model, so that this view may be
 *     outdated; null otherwise
 */
public record InstanceView(
        String id,
        String serviceId,
        String name,
        String namespace,
        String version,
        String address,
        int port,
        String protocol,
        int weight,
        int ttl,
        int effectiveTtl,
        @Nullable HealthCheck healthCheck,
        Map<String, String> metadata,
        List<String> tags,
        String zone,
        InstanceStatus status,
        AdminState declared,
        LeaseState lease,
        HealthState health,
        BreakerState breaker,
        String owner,
        int declarationVersion,
        Instant registeredAt,
        Instant updatedAt,
        @Nullable Instant lastHeartbeat,
        long position,
        @Nullable Boolean parked) {

    /** Creates the view of an instance that has no dead letters. */
    public static InstanceView of(
            String id,
            String namespace,
            String owner,
            Declaration declaration,
            int effectiveTtl,
            InstanceState state,
            InstanceLifecycle instanceLifecycle) {
        return new InstanceView(
                id,
                id,
                declaration.name(),
                namespace,
                declaration.version(),
                declaration.address(),
                declaration.port(),
                declaration.protocol(),
                declaration.weight(),
                declaration.ttl(),
                effectiveTtl,
                declaration.healthCheck(),
                declaration.metadata(),
                declaration.tags(),
                declaration.zone(),
                state.status(),
                state.declared(),
                state.lease(),
                state.health(),
                state.breaker(),
                owner,
                instanceLifecycle.declarationVersion(),
                instanceLifecycle.registeredAt(),
                instanceLifecycle.updatedAt(),
                instanceLifecycle.lastHeartbeat(),
                instanceLifecycle.position(),
                null);
    }

    /** Returns a copy that is marked as outdated by a dead letter. */
    public InstanceView asParked() {
        return with(healthCheck, metadata, tags, true);
    }

    /** Returns a copy without check, metadata and tags. */
    public InstanceView asOutline() {
        return with(null, Map.of(), List.of(), parked);
    }

    private InstanceView with(
            @Nullable HealthCheck healthCheck,
            Map<String, String> metadata,
            List<String> tags,
            @Nullable Boolean parked) {
        return new InstanceView(
                id,
                serviceId,
                name,
                namespace,
                version,
                address,
                port,
                protocol,
                weight,
                ttl,
                effectiveTtl,
                healthCheck,
                metadata,
                tags,
                zone,
                status,
                declared,
                lease,
                health,
                breaker,
                owner,
                declarationVersion,
                registeredAt,
                updatedAt,
                lastHeartbeat,
                position,
                parked);
    }

    /** Returns the number of characters of metadata and tags, the parts that can make an instance large. */
    public int characters() {
        return Declaration.characters(metadata, tags);
    }

    /** Page of instances, ordered by service and id. */
    public record InstancesView(List<InstanceView> services) {
        public InstancesView {
            services = List.copyOf(services);
        }
    }

    /**
     * Lifecycle data of an instance.
     *
     * @param declarationVersion 1 at the registration, incremented by each update
     * @param registeredAt the time of the first registration
     * @param updatedAt the time of the last fact that changed the instance
     * @param lastHeartbeat the time of the last heartbeat, up to some seconds late; null if there is none yet, or if
     *     the query is about the past
     * @param position position of the last fact about the instance
     */
    public record InstanceLifecycle(
            int declarationVersion,
            Instant registeredAt,
            Instant updatedAt,
            @Nullable Instant lastHeartbeat,
            long position) {}
}
