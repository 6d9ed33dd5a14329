package dev.aicore.discovery.config.redis;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.Standing;
import java.time.Instant;

/** An instance in the document of its service: the columns of its row, by their names, and no bookkeeping. */
public record KeptInstance(
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
     * As callers see it.
     *
     * @param checksRenewLeases whether a passed active check counts as a heartbeat
     */
    public InstanceView view(boolean checksRenewLeases) {
        return InstanceView.of(
                id,
                namespace,
                owner,
                declaration,
                declaration.effectiveTtl(checksRenewLeases),
                new InstanceState(Declared.of(declared), LeaseState.of(lease), Health.of(health), Breaker.of(breaker)),
                new Standing(declarationVersion, registeredAt, updatedAt, null, position));
    }
}
