package dev.aicore.discovery.api.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one part of a node knows about itself, without asking anybody. */
public sealed interface ComponentStatus {

    /**
     * The shards that this node decides for.
     *
     * @param total how many the store has
     * @param open how many of them are ready to decide
     * @param loads how often one was loaded from the store since this node started: each once, and again after every append
     *     that failed
     * @param failed those that can't be loaded, ordered by number
     */
    record Shards(int total, int open, long loads, List<FailedShard> failed) implements ComponentStatus {

        public Shards {
            failed = List.copyOf(failed);
        }
    }

    /**
     * A shard that can't be loaded: its services are discovered, and what is written of them is refused.
     *
     * @param name such as {@code shard-3}
     * @param position of the event at which loading ended; null if it isn't known
     * @param reason in a sentence
     */
    record FailedShard(String name, @Nullable Long position, String reason, Instant since) {}

    /**
     * The leases that this node watches over.
     *
     * @param watched how many
     * @param graceAt when the last grace was granted, to all or to one shard: each lease there runs for a whole ttl from then,
     *     since the registry couldn't hear its instances before; null before the first
     * @param graceCause why: start, pause, store_outage, connections_refused or requests_delayed; null before the first
     * @param lastPauseMillis how long the last pause of this node took that was worth a grace; null if there was none
     */
    record Leases(
            int watched,
            @Nullable Instant graceAt,
            @Nullable String graceCause,
            @Nullable Long lastPauseMillis) implements ComponentStatus {}

    /**
     * What folds facts into a read model.
     *
     * @param state in words: running; degraded, with the reason, while facts are parked; failed, with the reason
     * @param segments how many of its segments this node works on
     * @param parked facts set aside because they couldn't be folded
     */
    record Projection(String name, String state, int segments, long parked) implements ComponentStatus {}

    /**
     * A circuit breaker in front of a store that this node reads.
     *
     * @param name of the store
     * @param state in words: closed if it is asked, open if it isn't, half_open while it is tried whether it is back
     */
    record Breaker(String name, String state) implements ComponentStatus {}
}
