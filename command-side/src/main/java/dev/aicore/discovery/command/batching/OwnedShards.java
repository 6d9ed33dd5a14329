package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.command.batching.InboundTrafficMonitor.InboundTraffic;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shards of this node during one claim of the store: their batchers, the index of their leases, and the expiry of
 * leases. A later claim begins with new ones, because another node may have decided meanwhile.
 */
final class OwnedShards implements AutoCloseable {

    private final LeaseClock clock;
    private final LeaseIndex leases;
    private final OutcomePublisher outcomePublisher;
    private final List<ShardBatcher> batchers = new ArrayList<>();
    private final LeaseExpirer leaseExpirer;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Creates shards that accept commands after {@link #start}.
     *
     * @param maxInstances maximum number of known ids, not counting removed instances
     * @param pauseTolerance delay of the lease expirer's tick from which it counts as a pause of the process
     * @param inboundTraffic source of the signs that requests are not received
     */
    OwnedShards(
            int shards,
            WriteSettings settings,
            ShardLoadSettings loading,
            int maxInstances,
            Duration pauseTolerance,
            ShardDispatcher dispatcher,
            LeaseClock clock,
            TimeSource time,
            InboundTraffic inboundTraffic,
            OutcomePublisher outcomePublisher) {
        this.clock = clock;
        this.outcomePublisher = outcomePublisher;
        this.leases = new LeaseIndex(shards, maxInstances, clock);
        var queued = new QueuedByteLimit(settings.maxQueueBytes().toBytes());
        for (int shard = 0; shard < shards; shard++) {
            batchers.add(new ShardBatcher(
                    shard, settings, loading, dispatcher, clock, time, leases, outcomePublisher, queued));
        }
        this.leaseExpirer =
                new LeaseExpirer(batchers, leases, clock, time, pauseTolerance, inboundTraffic, loading.loadAttempts());
        outcomePublisher.add(leaseExpirer);
    }

    /**
     * Starts the threads of the shards, loads all shards and extends their leases. Returns when commands can be
     * accepted. No lease expires before {@link LeaseExpirer#watch}.
     */
    void start() {
        batchers.forEach(
                shard -> threads.add(Thread.ofVirtual().name("shard-batcher").start(shard)));
        leaseExpirer.start();
    }

    LeaseClock clock() {
        return clock;
    }

    LeaseIndex leases() {
        return leases;
    }

    LeaseExpirer expirer() {
        return leaseExpirer;
    }

    List<ShardBatcher> batchers() {
        return batchers;
    }

    ShardBatcher batcher(int shard) {
        return batchers.get(shard);
    }

    /**
     * Returns the error for an id that is in no loaded shard while a shard is failed, since the failed shard may hold
     * the id. Empty if no shard is failed.
     */
    static Optional<RegistryException> failedShardError(List<ShardBatcher> shards) {
        return shards.stream()
                .flatMap(shard -> shard.loading().failed().stream())
                .findFirst();
    }

    /**
     * Returns the status of the shards and the leases, with the last lease extension.
     *
     * @param loads number of times that a shard was loaded from the store
     */
    List<ComponentStatus> status(long loads) {
        var failed = batchers.stream()
                .flatMap(shard -> shard.loading().status().stream())
                .toList();
        return List.of(
                new ComponentStatus.Shards(batchers.size(), threads.size() - failed.size(), loads, failed),
                leaseExpirer.status());
    }

    /**
     * Rejects further commands and blocks until the queued ones are decided. The timeouts of the store bound that wait.
     */
    @Override
    public void close() {
        leaseExpirer.stop();
        batchers.forEach(ShardBatcher::close);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outcomePublisher.remove(leaseExpirer);
    }
}
