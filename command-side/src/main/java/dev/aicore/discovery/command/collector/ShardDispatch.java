package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.DecideBatch;

/** Hands a batch to its shard and waits until what it decides is durable. */
@FunctionalInterface
interface ShardDispatch {

    /**
     * Decides a batch.
     *
     * @throws RuntimeException if it isn't known to be durable; the shard is then loaded anew before it decides again
     */
    Verdict decide(DecideBatch batch);
}
