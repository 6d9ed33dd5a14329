package dev.aicore.discovery.readmodel.cache;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceInterner;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.web.ApiJson;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(CachedInstance.class);

    /**
     * Parses the instances of a document.
     *
     * @param json JSON array; an empty text if the document has no instances
     * @param checksRenewLeases true if a passed active check counts as a heartbeat
     * @return instances in the order of the document; an empty list if there are none, or they can't be parsed
     */
    public static List<InstanceView> parse(String json, boolean checksRenewLeases) {
        if (json.isEmpty()) {
            return List.of();
        }
        try {
            return InstanceInterner.internAll(Arrays.stream(ApiJson.mapper().readValue(json, CachedInstance[].class))
                    .map(instance -> instance.view(checksRenewLeases))
                    .toList());
        } catch (RuntimeException unreadable) {
            // Another application wrote the document. PostgreSQL has the correct state in any case.
            LOG.debug("A document is unreadable: {}", unreadable.toString());
            return List.of();
        }
    }

    /**
     * Returns the instance as callers see it.
     *
     * @param checksRenewLeases true if a passed active check counts as a heartbeat
     */
    private InstanceView view(boolean checksRenewLeases) {
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
