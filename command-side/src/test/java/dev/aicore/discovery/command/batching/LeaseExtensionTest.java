package dev.aicore.discovery.command.batching;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Tests that leases are extended after a time in which heartbeats could not be received. */
class LeaseExtensionTest extends LeaseExpirerFixture {

    @Test
    void pause_extendsLeasesBeforeExpiryProposal() {
        advanceInTicks(Duration.ofSeconds(3));
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        await().until(() -> shard.items().size() == 1);
        assertThat(onlyExtension().cause()).isEqualTo("pause");
        await().until(() -> isExtensionRecorded());
        assertNextProposalAfterFullTtl();
    }

    @Test
    void storeOutage_suspendsProposalsAndExtendsLeases() {
        keeper.storeUnavailable();
        advanceInTicks(TTL.multipliedBy(2));
        assertThat(shard.items()).isEmpty();
        keeper.storeRecovered();
        keeper.tick();
        await().until(() -> !shard.items().isEmpty());
        assertThat(onlyExtension().cause()).isEqualTo("store_outage");
    }

    @Test
    void refusedConnections_suspendProposalsAndExtendLeases() {
        for (int refused = 0; refused < 2 * TTL.toSeconds(); refused++) {
            refusals.incrementAndGet();
            advanceInTicks(Duration.ofMillis(900));
        }
        assertThat(shard.items()).isEmpty();
        advanceInTicks(Duration.ofMillis(300));
        await().until(() -> !shard.items().isEmpty());
        assertThat(onlyExtension().cause()).isEqualTo("connections_refused");
        await().until(() -> isExtensionRecorded());
        assertNextProposalAfterFullTtl();
    }

    @Test
    void delayedRequests_suspendProposalsAndExtendLeases() {
        allRead = new CompletableFuture<>();
        advanceInTicks(TTL.plusMillis(1_300));
        allRead.complete(null);
        advanceInTicks(Duration.ofMillis(900));
        assertThat(shard.items()).isEmpty();
        advanceInTicks(Duration.ofMillis(300));
        await().until(() -> !shard.items().isEmpty());
        assertThat(onlyExtension().cause()).isEqualTo("requests_delayed");
        await().until(() -> isExtensionRecorded());
        assertNextProposalAfterFullTtl();
    }

    @Test
    void failedExtension_isRetriedBeforeExpiryProposal() {
        shard.failure = new IllegalStateException("the store is away");
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        await().until(() -> shard.items().size() == 1);
        shard.failure = null;
        await().until(() -> {
            advanceInTicks(Duration.ofMillis(200));
            return shard.items().size() == 2;
        });
        assertThat(shard.items()).allMatch(ExtendLeases.class::isInstance);
    }

    @Test
    void repeatedlyFailedExtension_isRetriedWithBackoff() {
        shard.failure = new IllegalStateException("the store takes no append");
        time.pass(Duration.ofMinutes(1));
        for (int tick = 0; tick < 600; tick++) {
            advanceInTicks(LeaseExpirer.TICK);
            var behind = shardBatcher.submit(new ExpireLeases(List.of(), Long.MAX_VALUE));
            assertThatThrownBy(behind::join).isInstanceOf(CompletionException.class);
        }
        assertThat(shard.items()).filteredOn(ExtendLeases.class::isInstance).hasSizeBetween(10, 15);
    }

    /** The heartbeat was in the batch that hung; the proposal waited behind that batch. */
    @Test
    void lostBatch_discardsQueuedProposalAndExtendsLeases() {
        shard.hold();
        var lost = shardBatcher.submit(heartbeat());
        await().until(() -> shard.items().size() == 1);
        advanceInTicks(TTL.plusMillis(300));
        shard.failure = new IllegalStateException("cancelled");
        shard.release();
        assertThatThrownBy(lost::join).isInstanceOf(CompletionException.class);
        shard.failure = null;
        await().until(() -> {
            keeper.tick();
            return shard.items().size() == 2;
        });
        assertThat(shard.items().getLast())
                .isInstanceOfSatisfying(
                        ExtendLeases.class,
                        extension -> assertThat(extension.cause()).isEqualTo("store_outage"));
        await().until(() -> isExtensionRecorded());
        assertNextProposalAfterFullTtl();
    }

    @Test
    void failedExtension_suspendsProposalsOfThatShardOnly() {
        leases.update(1, new Outcome.Leases(List.of(new Lease("b", 0, Phase.LIVE, clock.millis() + TTL.toMillis()))));
        other.failure = new IllegalStateException("it can't be loaded");
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        await().until(() -> shard.items().size() == 1 && isExtensionRecorded());
        assertThat(onlyExtension().cause()).isEqualTo("pause");

        await().until(() -> {
            advanceInTicks(Duration.ofMillis(500));
            return shard.items().size() == 2;
        });

        assertThat(shard.items().getLast()).isInstanceOf(ExpireLeases.class);
        assertThat(other.items()).isNotEmpty().allMatch(ExtendLeases.class::isInstance);
        other.failure = null;
        await().until(() -> {
            advanceInTicks(Duration.ofMillis(500));
            return other.items().getLast() instanceof ExpireLeases;
        });
    }

    /** An instance that is not known to have checks gets no renewals from passed checks. */
    @Test
    void lostMonitoringLookup_extendsLeases() {
        shard.failure = new IllegalStateException("it can't be loaded");
        assertThatThrownBy(shardBatcher.submit(new FindMonitoredInstances(null))::join)
                .isInstanceOf(CompletionException.class);
        shard.failure = null;
        keeper.tick();

        await().until(() -> shard.items().size() == 2);
        assertThat(shard.items().getLast()).isInstanceOf(ExtendLeases.class);
    }

    /** No heartbeat could be received during the start, however long it took. */
    @Test
    void start_longerThanTtl_grantsFullTtlFromEnd() {
        keeper.start();
        time.pass(TTL.multipliedBy(2));
        keeper.watch();
        await().until(() -> shard.items().size() == 2 && isExtensionRecorded());
        assertThat(shard.items()).allMatch(ExtendLeases.class::isInstance);
        assertThat(requireNonNull(leases.find("a")).dueAt).isEqualTo(clock.millis() + TTL.toMillis());
    }

    private ExtendLeases onlyExtension() {
        assertThat(shard.items()).hasSize(1);
        return (ExtendLeases) shard.items().getFirst();
    }
}
