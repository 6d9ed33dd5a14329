package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.status.ComponentStatus.FailedShard;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.axon.AggregateLoadException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks whether one shard can be loaded. A failed shard does not affect others: its commands are refused without a
 * load, and only its pending lease extension loads it again, at most once per retry interval of the settings.
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
     * Returns the error for the caller of a command; null if the command may be sent to the shard. A failed shard
     * accepts only a lease extension, after the retry interval: before the extension it is not known which leases the
     * shard has.
     */
    @Nullable
    RegistryException rejectionOf(ShardCommand command) {
        var known = failure;
        if (known == null || (command instanceof ExtendLeases && remaining(known) <= 0)) {
            return null;
        }
        return rejectionOf(known);
    }

    /** Returns the error for callers of a failed shard, even if a retry is due; empty if the shard is not failed. */
    Optional<RegistryException> failed() {
        return Optional.ofNullable(failure).map(this::rejectionOf);
    }

    /** Marks the shard as failed, and returns the error for its callers. */
    RegistryException failed(AggregateLoadException cause) {
        return failed(String.valueOf(cause.getMessage()), cause.position());
    }

    /**
     * Marks the shard as failed, and returns the error for its callers.
     *
     * @param position position of the event that can't be loaded; null if unknown
     */
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
            LogEvent.SHARD_FAILED
                    .on(LOG)
                    .log("{} Retrying every {}; other shards are not affected.", reason, settings.loadRetryInterval());
        }
        failure = known;
        return rejectionOf(known);
    }

    /** Marks the shard as loaded. */
    void loaded() {
        if (failure != null) {
            failure = null;
            LogEvent.SHARD_RECOVERED.on(LOG).log("{} is loaded again.", shard);
        }
    }

    /** Returns the failure; empty if the shard is not failed. */
    Optional<FailedShard> status() {
        return Optional.ofNullable(failure).map(Failure::shard);
    }

    private RegistryException rejectionOf(Failure known) {
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
