package dev.aicore.discovery.command.batching;

import static dev.aicore.discovery.command.batching.ShardBatcherBuilder.aShardBatcher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.CallReport;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.InstancePrecondition;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.api.shard.ReportCalls;
import dev.aicore.discovery.api.shard.RestorePoint;
import dev.aicore.discovery.api.shard.RestoreServiceInstances;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.shard.UpdateInstance;
import dev.aicore.discovery.config.time.SystemTimeSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.DuplicateIdempotencyKeyException;
import dev.aicore.discovery.eventstore.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShardBatcherTest {

    private final SystemTimeSource time = new SystemTimeSource();
    private final LeaseClock clock = new LeaseClock(time, Instant.EPOCH);
    private final FakeShardDispatcher shard = new FakeShardDispatcher();
    private final LeaseIndex leases = new LeaseIndex(1, 1_000, clock);
    private final OutcomePublisher outcomePublisher = new OutcomePublisher();

    /** Number of batches that lingered; only lingering requests the time. */
    private final AtomicInteger lingered = new AtomicInteger();

    private final ShardBatcher shardBatcher = aShardBatcher(
                    shard,
                    clock,
                    new TimeSource() {
                        @Override
                        public Instant now() {
                            return time.now();
                        }

                        @Override
                        public long nanos() {
                            lingered.incrementAndGet();
                            return time.nanos();
                        }
                    },
                    leases)
            .maxLinger(Duration.ofMillis(50))
            .maxBatchSize(100)
            .maxQueueSize(500)
            .publisher(outcomePublisher)
            .build();

    @BeforeEach
    void start() {
        Thread.ofVirtual().start(shardBatcher);
    }

    @AfterEach
    void stop() {
        shard.release();
        shardBatcher.close();
    }

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

    private static RenewLease heartbeat(int i) {
        return new RenewLease("i" + i, ObservationKind.RENEWED, i, EventMetadata.ofRegistry("test"));
    }

    private static List<ShardCommand> heartbeats(int from, int to) {
        return IntStream.range(from, to)
                .<ShardCommand>mapToObj(ShardBatcherTest::heartbeat)
                .toList();
    }
}
