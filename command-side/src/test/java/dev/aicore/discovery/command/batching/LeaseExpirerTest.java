package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class LeaseExpirerTest extends LeaseExpirerFixture {

    @Test
    void expiryProposal_isMadeAtDueTimeNotBefore() {
        long granted = clock.millis();
        advanceInTicks(TTL.minusMillis(100));
        assertThat(shard.items()).isEmpty();
        advanceInTicks(Duration.ofMillis(300));
        await().until(() -> !shard.items().isEmpty());
        assertThat(shard.items()).singleElement().isInstanceOfSatisfying(ExpireLeases.class, proposal -> {
            assertThat(proposal.ids()).containsExactly("a");
            assertThat(proposal.proposedAt()).isBetween(granted + TTL.toMillis(), clock.millis());
        });
    }

    @Test
    void expiryProposal_waitsForUnreadRequests() {
        allRead = new CompletableFuture<>();
        advanceInTicks(TTL.plusMillis(300));
        assertThat(shard.items()).isEmpty();
        allRead.complete(null);
        await().until(() -> !shard.items().isEmpty());
        assertThat(shard.items()).singleElement().isInstanceOf(ExpireLeases.class);
    }

    @Test
    void lastingConnectionRefusals_suspendExpiryForLimitedTime() {
        for (int refused = 0; refused < 3 * TTL.toSeconds(); refused++) {
            refusals.incrementAndGet();
            advanceInTicks(Duration.ofSeconds(1));
        }
        assertThat(shard.items()).isEmpty();
        await().until(() -> {
            refusals.incrementAndGet();
            advanceInTicks(Duration.ofSeconds(1));
            return !shard.items().isEmpty();
        });
        assertThat(shard.items().getFirst()).isInstanceOf(ExpireLeases.class);
    }

    /** The failing shard is sent its lease extension repeatedly; the other shard has missed no heartbeats. */
    @Test
    void failedShard_doesNotAffectLeasesOfOtherShards() {
        other.failure = new IllegalStateException("it can't be loaded");
        assertThatThrownBy(othersCollector.submit(heartbeat())::join).isInstanceOf(CompletionException.class);

        await().until(() -> {
            advanceInTicks(Duration.ofMillis(500));
            return !shard.items().isEmpty();
        });

        assertThat(shard.items()).allMatch(ExpireLeases.class::isInstance);
        assertThat(other.items().stream().skip(1)).isNotEmpty().allMatch(ExtendLeases.class::isInstance);
    }

    /**
     * The recorded time bounds the sum of all extensions. A jump of the wall clock prevents no heartbeat from being
     * received.
     */
    @Test
    void listeningHistory_recordsDurationOfEachGap() {
        keeper.watch();
        keeper.stop();
        long began = clock.millis();
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        keeper.storeUnavailable();
        time.pass(Duration.ofSeconds(20));
        keeper.storeUnavailable();
        time.pass(Duration.ofSeconds(20));
        keeper.storeRecovered();
        shard.failure = new IllegalStateException("it can't be loaded");
        time.pass(Duration.ofSeconds(7));
        assertThatThrownBy(shardBatcher.submit(heartbeat())::join).isInstanceOf(CompletionException.class);
        time.jump(Duration.ofHours(1));
        keeper.tick();

        assertThat(leases.listening(0).known().listenedUntil(began, 3_000)).isEqualTo(began + 107_000 + 3_000);
        assertThat(leases.listening(1).known().listenedUntil(began, 3_000)).isEqualTo(began + 107_000 + 3_000);
        assertThat(leases.listening(0).known().gaps()).hasSize(3);
    }

    @Test
    void failedProposal_isRetried() {
        shard.failure = new IllegalStateException("the store is away");
        advanceInTicks(TTL.plusMillis(300));
        await().until(() -> shard.items().size() == 1);
        shard.failure = null;
        await().until(() -> {
            advanceInTicks(Duration.ofMillis(200));
            return shard.items().size() == 2;
        });
        assertThat(shard.items()).allMatch(ExpireLeases.class::isInstance);
    }
}
