package dev.aicore.discovery.api.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Status of one component of a node, known without a request to another system. */
public sealed interface ComponentStatus {

    /**
     * Shards that this node decides for.
     *
     * @param total number of shards of the store
     * @param open number of shards that are ready to decide
     * @param loads number of loads of a shard from the store since the start of this node: once per shard, and again
     *     after every failed append
     * @param failed shards that can't be loaded, ordered by number
     */
    record Shards(int total, int open, long loads, List<FailedShard> failed) implements ComponentStatus {

        public Shards {
            failed = List.copyOf(failed);
        }
    }

    /**
     * Shard that can't be loaded. Its services are discovered, but writes to them are refused.
     *
     * @param name the shard's name, such as {@code shard-3}
     * @param position position of the event at which loading failed; null if it is unknown
     * @param reason the reason in one sentence
     */
    record FailedShard(String name, @Nullable Long position, String reason, Instant since) {}

    /**
     * Leases that this node watches.
     *
     * @param watched number of leases
     * @param graceAt the time of the last lease extension, of all shards or of one shard; null before the first. Each
     *     extended lease runs for a whole TTL from then, because the registry could not receive heartbeats before
     * @param graceCause cause of that extension: start, pause, store_outage, connections_refused or requests_delayed;
     *     null before the first
     * @param lastPauseMillis duration in milliseconds of the last pause of this node that caused a lease extension;
     *     null if there was none
     */
    record Leases(
            int watched,
            @Nullable Instant graceAt,
            @Nullable String graceCause,
            @Nullable Long lastPauseMillis) implements ComponentStatus {}

    /**
     * Projection that folds facts into a read model.
     *
     * @param state in words: running; degraded, with the reason, while there are dead letters; failed, with the reason
     * @param segments number of segments that this node processes
     * @param parked number of dead letters: facts set aside because they couldn't be folded
     */
    record Projection(String name, String state, int segments, long parked) implements ComponentStatus {}

    /**
     * Circuit breaker in front of a store that this node reads.
     *
     * @param name name of the store
     * @param state closed if the store is used, open if it is not, half_open during trial calls
     */
    record Breaker(String name, String state) implements ComponentStatus {}
}
