package dev.aicore.discovery.readmodel.cache;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import java.time.Instant;

/**
 * Instance in the document of its service. The fields are the columns of its row, by their names, without bookkeeping.
 */
public record CachedInstance(
        String id,
        String namespace,
        String owner,
        String declared,
        String lease,
        String health,
        String breaker,
        int declarationVersion,
        Instant registeredAt,
        Instant updatedAt,
        long position,
        Declaration declaration) {

    /**
     * Returns the instance as callers see it.
     *
     * @param checksRenewLeases true if a passed active check counts as a heartbeat
     */
    public InstanceView view(boolean checksRenewLeases) {
        return InstanceView.of(
                id,
                namespace,
                owner,
                declaration,
                declaration.effectiveTtl(checksRenewLeases),
                new InstanceState(
                        AdminState.of(declared),
                        LeaseState.of(lease),
                        HealthState.of(health),
                        BreakerState.of(breaker)),
                new InstanceLifecycle(declarationVersion, registeredAt, updatedAt, null, position));
    }
}
