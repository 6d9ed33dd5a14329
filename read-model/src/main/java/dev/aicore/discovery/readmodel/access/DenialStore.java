package dev.aicore.discovery.readmodel.access;

import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Stores the denials that a node counts. Each call is one statement and never blocks. */
public interface DenialStore {

    /**
     * Inserts one minute of this node once, even if it is sent repeatedly. Fails with {@code store_unavailable}.
     *
     * @param counted all counts of the minute; at least one
     */
    Mono<Void> add(List<AccessDenial> counted);

    /** Deletes up to 10,000 rows that are older than the retention. Fails with {@code store_unavailable}. */
    Mono<Void> deleteOlder(Instant now, Duration retention);
}
