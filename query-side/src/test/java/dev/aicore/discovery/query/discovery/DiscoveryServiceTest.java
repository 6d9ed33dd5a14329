package dev.aicore.discovery.query.discovery;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.watching.ServiceChangeWaiter;
import dev.aicore.discovery.web.IfNoneMatchHeader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

@Tag("integration")
class DiscoveryServiceTest {

    private static final Caller ANN = new Caller("ann", "viewer", "10.0.0.9", "rest", "req-1", null);
    private static final ServiceSnapshot NOT_MADE = ServiceSnapshot.of(List.of(), 0);

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ServiceChangeWaiter changes = registry.server().bean(ServiceChangeWaiter.class);
    private final DiscoveryService discoveryService = registry.server().bean(DiscoveryService.class);
    private final DiscoverRequest atOnce = new DiscoverRequest(
            new DiscoverFilter("web", null, Set.of(), Map.of(), null, false),
            BalancingStrategy.RANDOM,
            null,
            10,
            ConsistencyRequirement.NONE,
            0L,
            null);

    /** Thousands of callers may wait for the same change. */
    @Test
    void discover_ofConcurrentCallers_sharesOneSnapshot() {
        registry.rows().watermark("instances", 3);

        // A caller that arrives after the end of the read starts another one.
        await().until(() -> Mono.zip(
                        changes.awaitChange("web", 0, Duration.ZERO, ANN),
                        discoveryService.discover(atOnce, ANN, IfNoneMatchHeader.NONE, null))
                .map(both -> both.getT1().memo().get(3L, ServiceSnapshot.class, _ -> NOT_MADE) != NOT_MADE)
                .block(Duration.ofSeconds(10)));
    }
}
