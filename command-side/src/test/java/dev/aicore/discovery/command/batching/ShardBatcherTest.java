package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests how commands form batches. */
class ShardBatcherTest extends ShardBatcherFixture {

    @Test
    void commands_duringDecision_formOneOrderedBatch() {
        shard.hold();
        var replies = new ArrayList<CompletableFuture<CommandReply>>();
        replies.add(shardBatcher.submit(heartbeat(0)));
        await().until(() -> shard.batches.size() == 1);
        for (int i = 1; i <= 80; i++) {
            replies.add(shardBatcher.submit(heartbeat(i)));
        }
        shard.release();
        replies.forEach(CompletableFuture::join);
        assertThat(shard.batches).hasSize(2);
        assertThat(shard.items()).isEqualTo(heartbeats(0, 81));
        assertThat(replies.get(80).join().position()).isEqualTo(81);
    }

    /** After a batch of many commands, others may be about to arrive. */
    @Test
    void heartbeat_afterLargeBatch_doesNotLinger() {
        decideLargeBatch();
        shardBatcher.submit(heartbeat(9)).join();
        assertThat(lingered).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamedCommand_afterLargeBatch_lingers(ShardCommand command, Outcome answer) {
        decideLargeBatch();
        shard.outcome = asked -> answer;
        shardBatcher.submit(command).join();
        assertThat(lingered).hasPositiveValue();
    }

    private static Stream<Arguments> streams() {
        var metadata = EventMetadata.ofRegistry("test");
        var none = new Outcome.Leases(List.of());
        return Stream.of(
                Arguments.of(new RenewLeases(List.of("i1"), 1, metadata), new Outcome.Batch(List.of())),
                Arguments.of(new RecordCheck("i1", ObservationKind.CHECK_PASSED, 0, 0, 1, metadata), none),
                Arguments.of(new ReportCalls("i1", new CallReport(1, 0), 1, metadata), none),
                Arguments.of(new ExpireLeases(List.of("i1"), 0), none));
    }

    private void decideLargeBatch() {
        shard.hold();
        var first = shardBatcher.submit(heartbeat(0));
        await().until(() -> shard.batches.size() == 1);
        var others = IntStream.range(1, 9)
                .mapToObj(i -> shardBatcher.submit(heartbeat(i)))
                .toList();
        shard.release();
        first.join();
        others.forEach(CompletableFuture::join);
        assertThat(shard.batches).hasSize(2);
    }

    @Test
    void batch_neverExceedsMaxSize() {
        shard.hold();
        var _ = shardBatcher.submit(heartbeat(0));
        await().until(() -> shard.batches.size() == 1);
        var last = IntStream.range(1, 302)
                .mapToObj(i -> shardBatcher.submit(heartbeat(i)))
                .toList();
        shard.release();
        last.forEach(CompletableFuture::join);
        assertThat(shard.batches).allMatch(batch -> batch.items().size() <= 100);
        assertThat(shard.items()).isEqualTo(heartbeats(0, 302));
    }

    /** Each id of a proposal may cause an event, although the proposal counts once in the queue. */
    @Test
    void expiryProposal_countsEachIdTowardsBatchSize() {
        shard.outcome = command -> new Outcome.Leases(List.of());
        shard.hold();
        var ids = IntStream.range(0, 60).mapToObj(i -> "id-" + i).toList();
        var _ = shardBatcher.submit(new ExpireLeases(ids, 0));
        await().until(() -> shard.batches.size() == 1);
        var last = IntStream.range(0, 4)
                .mapToObj(i -> shardBatcher.submit(new ExpireLeases(ids, 0)))
                .toList();
        shard.release();
        last.forEach(CompletableFuture::join);
        assertThat(shard.batches).extracting(batch -> batch.items().size()).containsExactly(1, 2, 2);
    }

    @Test
    void listener_receivesDecidedAndLostCommandsInOrder() {
        var heard = new ArrayList<String>();
        outcomePublisher.add(new OutcomeListener() {
            @Override
            public void decided(int of, ShardCommand command, Outcome outcome) {
                heard.add(of + " " + ((Outcome.Renewed) outcome).lease().id());
            }

            @Override
            public void lost(int of, List<ShardCommand> items) {
                items.forEach(command -> heard.add(of + " lost " + ((RenewLease) command).id()));
            }
        });
        shardBatcher.submit(heartbeat(1)).join();
        shard.failure = new IllegalStateException("the store is away");
        assertThatThrownBy(shardBatcher.submit(heartbeat(2))::join).isInstanceOf(CompletionException.class);
        shard.failure = null;
        shardBatcher.submit(heartbeat(3)).join();

        assertThat(heard).containsExactly("0 i1", "0 lost i2", "0 i3");
    }

    @Test
    void idempotencyKeys_arePassedAlongsideCommands() {
        var key = new IdempotencyKey("alice", "k", "00");
        shard.hold();
        var first = shardBatcher.submit(heartbeat(0));
        await().until(() -> shard.batches.size() == 1);
        var second = List.of(shardBatcher.submit(heartbeat(1)), shardBatcher.submit(heartbeat(2), key));
        shard.release();
        first.join();
        second.forEach(CompletableFuture::join);
        assertThat(shard.keys).containsExactly(List.of(), Arrays.asList(null, key));
    }
}
