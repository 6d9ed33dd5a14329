package dev.aicore.discovery.api.instance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance as callers see it, whoever answers.
 *
 * @param serviceId the same as {@code id}: the name that older clients read
 * @param ttl the lease that was asked for, in seconds
 * @param effectiveTtl the lease that is given, in seconds: see {@link Declaration#effectiveTtl}
 * @param status what {@code declared}, {@code lease}, {@code health} and {@code breaker} come to
 * @param owner the principal it belongs to
 * @param lastHeartbeat when it was last heard, to within some seconds; null if it wasn't yet, or is asked of the past
 * @param position of the last fact about it
 * @param parked true if a later fact about it couldn't be taken into the read model yet, so that it may be otherwise by now; null if not
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

    /** An instance put together from what it is called, what its owner says, how it is, and where it has got to. */
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

    /** The same, marked as one that a fact is parked of. */
    public InstanceView asParked() {
        return with(healthCheck, metadata, tags, true);
    }

    /** Returns the same without its check, metadata and tags. */
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

    /** Returns how many characters its metadata and its tags have, which is what makes an instance large. */
    public int characters() {
        return Declaration.characters(metadata, tags);
    }
}
