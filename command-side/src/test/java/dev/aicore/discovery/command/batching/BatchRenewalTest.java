package dev.aicore.discovery.command.batching;

import static dev.aicore.discovery.command.batching.ShardBatcherBuilder.aShardBatcher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchRenewalTest {

    private static final EventMetadata BY = EventMetadata.ofRegistry("test");

    private final SystemTimeSource time = new SystemTimeSource();
    private final LeaseClock clock = new LeaseClock(time, Instant.EPOCH);
    private final LeaseIndex leases = new LeaseIndex(2, 1_000, clock);
    private final FakeShardDispatcher busy = new FakeShardDispatcher();
    private final FakeShardDispatcher idle = new FakeShardDispatcher();
    private final List<ShardBatcher> shards = List.of(newBatcher(0, busy), newBatcher(1, idle));
    private final BatchRenewal renewals = new BatchRenewal(shards, leases, this::requireOwnership);

    private boolean isOwner = true;

    private void requireOwnership() {
        if (!isOwner) {
            throw StoreUnavailableException.nothingDone("Another node may own the store.", null);
        }
    }

    private ShardBatcher newBatcher(int number, FakeShardDispatcher shard) {
        shard.outcome = BatchRenewalTest::renewed;
        return aShardBatcher(shard, clock, time, leases)
                .shard(number)
                .maxBatchSize(100)
                .maxQueueSize(150)
                .build();
    }

    @BeforeEach
    void start() {
        shards.forEach(shard -> Thread.ofVirtual().start(shard));
        leases.reserve("a", 0);
        leases.reserve("b", 1);
        leases.reserve("c", 1);
    }

    @AfterEach
    void stop() {
        busy.release();
        shards.forEach(ShardBatcher::close);
    }

    @Test
    void batchRenewal_isOneCommandPerShard() {
        var reply = renewals.renew(List.of("a", "b", "c", "nobody"), 1, BY).join();
        assertThat(busy.items()).hasSize(1);
        assertThat(idle.items()).hasSize(1);
        assertThat(reply.outcomes()).hasSize(4).endsWith(Outcome.Refused.unknown("nobody"));
        assertThat(reply.outcomes().get(2)).isInstanceOf(Outcome.Renewed.class);
    }

    /**
     * Tests that a node which may have lost the store doesn't call an instance unknown that another node registered.
     */
    @Test
    void batchRenewal_withoutOwnership_callsNoInstanceUnknown() {
        isOwner = false;

        assertThat(renewals.renew(List.of("nobody"), 1, BY).join().outcomes().getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    }

    @Test
    void batchRenewal_withOverloadedShard_refusesOnlyInstancesOfThatShard() {
        busy.hold();
        var first = shards.getFirst().submit(renewLeases(1));
        await().until(() -> busy.batches.size() == 1);
        var waiting = shards.getFirst().submit(renewLeases(150));

        var reply = renewals.renew(List.of("a", "b"), 1, BY).join();

        assertThat(reply.outcomes().get(0))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(reply.outcomes().get(1)).isInstanceOf(Outcome.Renewed.class);
        assertThat(reply.position()).isEqualTo(1);
        busy.release();
        CompletableFuture.allOf(first, waiting).join();
    }

    @Test
    void shardBatch_ofRenewals_isLimitedByIdCount() {
        busy.hold();
        var replies = IntStream.of(1, 60, 60, 20)
                .mapToObj(count -> {
                    var reply = shards.getFirst().submit(renewLeases(count));
                    await().until(() -> !busy.batches.isEmpty());
                    return reply;
                })
                .toArray(CompletableFuture[]::new);
        busy.release();
        CompletableFuture.allOf(replies).join();
        assertThat(busy.batches).extracting(batch -> batch.items().size()).containsExactly(1, 2, 1);
    }

    private static ShardCommand renewLeases(int count) {
        return new RenewLeases(
                IntStream.range(0, count).mapToObj(number -> "i-" + number).toList(), 1, BY);
    }

    private static Outcome renewed(ShardCommand command) {
        return new Outcome.Batch(((RenewLeases) command)
                .ids().stream()
                        .map(id -> (Outcome) new Outcome.Renewed(new Lease(id, 0, Phase.LIVE, Long.MAX_VALUE), false))
                        .toList());
    }
}
