package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.ExtendLeases;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.status.ComponentStatus.FailedShard;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.axon.AggregateLoadException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one shard can be loaded. One that can't be is failed by itself: its callers are refused without it being asked, and the grace that
 * it is owed has it loaded again, no oftener than the settings say.
 */
final class ShardLoadState {

    private static final Logger LOG = LoggerFactory.getLogger(ShardLoadState.class);

    private record Failure(FailedShard shard, long nanos) {}

    private final String shard;
    private final ShardLoadSettings settings;
    private final TimeSource time;
    private volatile @Nullable Failure failure;

    ShardLoadState(String shard, ShardLoadSettings settings, TimeSource time) {
        this.shard = shard;
        this.settings = settings;
        this.time = time;
    }

    /**
     * Returns what the caller of an item is told; null if the shard may be asked. Once it is failed it is tried with a grace alone: before
     * that is granted nobody knows whose leases it has.
     */
    @Nullable
    RegistryException refusal(ShardCommand command) {
        var known = failure;
        if (known == null || (command instanceof ExtendLeases && remaining(known) <= 0)) {
            return null;
        }
        return refusal(known);
    }

    /** Returns the same, also if it is time to try it again. */
    Optional<RegistryException> failed() {
        return Optional.ofNullable(failure).map(this::refusal);
    }

    /** Notes that it couldn't be loaded, and returns what its callers are told. */
    RegistryException failed(AggregateLoadException cause) {
        return failed(String.valueOf(cause.getMessage()), cause.position());
    }

    /** The same of any other reason. */
    RegistryException failed(String reason, @Nullable Long position) {
        var before = failure;
        var known = new Failure(
                new FailedShard(
                        shard,
                        position,
                        reason,
                        before == null ? time.now() : before.shard().since()),
                time.nanos());
        if (before == null || !before.shard().reason().equals(reason)) {
            LOG.error("{} It is tried again every {}; the other shards go on.", reason, settings.loadRetryInterval());
        }
        failure = known;
        return refusal(known);
    }

    /** Notes that it has answered. */
    void loaded() {
        if (failure != null) {
            failure = null;
            LOG.info("{} is loaded again.", shard);
        }
    }

    /** Returns how it failed; empty if it didn't. */
    Optional<FailedShard> status() {
        return Optional.ofNullable(failure).map(Failure::shard);
    }

    private RegistryException refusal(Failure known) {
        return new RegistryException(
                ErrorCode.SHARD_FAILED,
                known.shard().reason() + " Nothing was done.",
                Duration.ofNanos(
                        Math.max(remaining(known), Duration.ofSeconds(1).toNanos())));
    }

    private long remaining(Failure known) {
        return known.nanos() + settings.loadRetryInterval().toNanos() - time.nanos();
    }
}
