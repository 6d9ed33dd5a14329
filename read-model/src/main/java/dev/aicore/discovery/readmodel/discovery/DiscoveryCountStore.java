package dev.aicore.discovery.readmodel.discovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Stores the discoveries that a node counts. Never blocks. */
public interface DiscoveryCountStore {

    /**
     * Inserts one minute of this node once, even if it is sent repeatedly. Fails with {@code store_unavailable}.
     *
     * @param counted all counts of the minute; at least one
     */
    Mono<Void> add(List<DiscoveryCount> counted);

    /** Deletes rows older than the retention, in short statements. Fails with {@code store_unavailable}. */
    Mono<Void> deleteOlder(Instant now, Duration retention);
}
