package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.RestorePoint;
import dev.aicore.discovery.eventstore.IdempotencyStore.DuplicateIdempotencyKeyException;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests commands that are refused or lost. */
class ShardBatcherRefusalTest extends ShardBatcherFixture {

    @Test
    void submit_beyondQueueCapacity_isRefused() {
        shard.hold();
        var _ = shardBatcher.submit(heartbeat(0));
        await().until(() -> shard.batches.size() == 1);
        var accepted = IntStream.range(1, 501)
                .mapToObj(i -> shardBatcher.submit(heartbeat(i)))
                .toList();
        var refused = shardBatcher.submit(heartbeat(999));
        assertThat(refused).isCompletedExceptionally();
        assertThatThrownBy(refused::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(e.retryAfter()).isNotNull();
                });
        shard.release();
        accepted.forEach(CompletableFuture::join);
        assertThat(shard.items()).doesNotContain(heartbeat(999)).hasSize(501);
    }

    @Test
    void submit_beyondByteLimit_isRefusedUntilQueueDrains() {
        shard.outcome = command -> new Outcome.Leases(List.of());
        shard.hold();
        var _ = shardBatcher.submit(heartbeat(0));
        await().until(() -> shard.batches.size() == 1);
        var accepted = shardBatcher.submit(updateOfSize(12_000));
        assertThatThrownBy(shardBatcher.submit(updateOfSize(6_000))::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(e.detail())
                            .isEqualTo("Writes of 12000 bytes are queued for the event store and this write has 6000;"
                                    + " the maximum is 10000 (event_store.max_queue_bytes).");
                });
        var small = shardBatcher.submit(heartbeat(1));
        shard.release();
        accepted.join();
        small.join();
        shardBatcher.submit(updateOfSize(6_000)).join();
        assertThat(shard.items()).hasSize(4);
    }

    private static ShardCommand updateOfSize(int characters) {
        var patch = "{\"version\":\"" + "1".repeat(characters - 14) + "\"}";
        return new UpdateInstance(
                "id-0", null, patch, null, InstancePrecondition.NONE, EventMetadata.ofRegistry("test"));
    }

    @Test
    void heldId_ofRefusedCommand_isDueAtOnce() {
        shard.hold();
        var _ = shardBatcher.submit(heartbeat(0));
        await().until(() -> shard.batches.size() == 1);
        var _ = IntStream.range(1, 501)
                .mapToObj(i -> shardBatcher.submit(heartbeat(i)))
                .toList();
        leases.reserve("new", 0);
        leases.reserve("restored", 0);
        var point = new RestorePoint("web", 9, Instant.EPOCH, "0f5d", 0);
        var metadata = EventMetadata.ofRegistry("rest");

        assertThat(shardBatcher.submit(registration("new"))).isCompletedExceptionally();
        assertThat(shardBatcher.submit(new RestoreServiceInstances(
                        point, List.of(RestoreIdReservationTest.step("restored")), metadata)))
                .isCompletedExceptionally();

        var due = new ArrayList<String>();
        await().until(() -> {
            leases.due(0, clock.millis()).forEach(trackedLease -> due.add(trackedLease.id));
            return due.size() == 2;
        });
        assertThat(due).containsExactlyInAnyOrder("new", "restored");
    }

    @Test
    void heldId_afterReply_isReleased() {
        for (var answer : List.of("lost", "key taken", "refused")) {
            leases.reserve("new", 0);
            shard.failure = answer.equals("lost") ? new IllegalStateException("the store is away") : null;
            shard.failureOfKeyed = new IllegalStateException(
                    new DuplicateIdempotencyKeyException(new IllegalStateException("duplicate")));
            shard.outcome = command -> new Outcome.Refused(ErrorCode.OVERLOADED, "");
            var key = answer.equals("key taken") ? new IdempotencyKey("alice", "k", "00") : null;
            var answered = shardBatcher.submit(registration("new"), key);
            await().until(answered::isDone);

            leases.update(0, new Outcome.Leases(List.of(new Lease("new", -1, Lease.Phase.FORGOTTEN, Long.MAX_VALUE))));
            assertThat(leases.size()).as(answer).isZero();
        }
    }

    private static ShardCommand registration(String id) {
        return RestoreIdReservationTest.step(id).changes().getFirst();
    }

    @Test
    void lostBatch_failsCallerAndNextBatchIsDecided() {
        shard.failure = new IllegalStateException("the store is away");
        var lost = shardBatcher.submit(heartbeat(1));
        assertThatThrownBy(lost::join)
                .cause()
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
        shard.failure = null;
        assertThat(shardBatcher.submit(heartbeat(2)).join().position()).isEqualTo(1);
    }

    @Test
    void duplicateKey_failsOnlyKeyedCommandOfBatch() {
        shard.hold();
        var _ = shardBatcher.submit(heartbeat(0));
        await().until(() -> shard.batches.size() == 1);
        shard.failureOfKeyed =
                new IllegalStateException(new DuplicateIdempotencyKeyException(new IllegalStateException("duplicate")));
        var keyed = shardBatcher.submit(heartbeat(1), new IdempotencyKey("alice", "k", "00"));
        var other = shardBatcher.submit(heartbeat(2));
        shard.release();
        assertThat(other.join().position()).isEqualTo(2);
        assertThatThrownBy(keyed::join).cause().isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT);
            assertThat(e.retryAfter()).isNotNull();
        });
    }

    @Test
    void close_decidesQueuedAndRefusesNewCommands() {
        shard.hold();
        var _ = shardBatcher.submit(heartbeat(0));
        await().until(() -> shard.batches.size() == 1);
        var waiting = shardBatcher.submit(heartbeat(1));
        shardBatcher.close();
        assertThat(shardBatcher.submit(heartbeat(2))).isCompletedExceptionally();
        shard.release();
        assertThat(waiting.join().position()).isEqualTo(2);
    }
}
