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

    /**
     * Bridge between this registry and another one.
     *
     * @param kind kind of the other registry: consul, etcd or kubernetes
     * @param direction in if it registers here, out if it registers there, or both
     * @param state running, connecting before the first contact, frozen while the other side can't be read, blocked if
     *     it would remove too much, paused, stopped while no node runs it, or unknown while this node can't read what
     *     the node that runs it reports
     * @param node name of the node that runs it; null if none does, or if it is unknown
     * @param sourceVersion version of the other side that was read last; null before the first contact
     * @param imported number of instances here that the bridge has brought
     * @param exported number of instances there that the bridge has brought
     * @param refused number of instances that could not be mapped or were refused by their registry
     * @param lastChangeAt the time of the last change that the bridge has applied; null before the first one
     * @param lagMs time that the last change of the other side took until it was applied here, in milliseconds; null if
     *     there was none
     * @param staleSince the time since which the other side can't be read, and what came from it is frozen; null
     *     while it is read
     * @param lastError the last failure in one sentence; null if there was none since the last success
     */
    record Bridge(
            String name,
            String kind,
            String direction,
            String state,
            @Nullable String node,
            @Nullable String sourceVersion,
            int imported,
            int exported,
            int refused,
            @Nullable Instant lastChangeAt,
            @Nullable Long lagMs,
            @Nullable Instant staleSince,
            @Nullable String lastError)
            implements ComponentStatus {

        /** Returns the same numbers with another state, of a node. */
        public Bridge with(String newState, @Nullable String newNode) {
            return new Bridge(
                    name,
                    kind,
                    direction,
                    newState,
                    newNode,
                    sourceVersion,
                    imported,
                    exported,
                    refused,
                    lastChangeAt,
                    lagMs,
                    staleSince,
                    lastError);
        }
    }

    /**
     * Export of facts to Axon Server.
     *
     * @param context name of the context in Axon Server
     * @param state running; connecting until a page is exported, also after a failure; or standby while another node
     *     exports
     * @param position position up to which facts are exported
     * @param lag number of positions between the last exported fact and the last fact of the store
     * @param exported number of facts that this node has appended since its start
     * @param lastExportAt the time of the last export of a page; null before the first one
     * @param lastError the last failure in one sentence; null if there was none since the last success
     */
    record AxonServer(
            String context,
            String state,
            long position,
            long lag,
            long exported,
            @Nullable Instant lastExportAt,
            @Nullable String lastError)
            implements ComponentStatus {}
}
