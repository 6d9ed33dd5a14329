package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LeaseIndexTest {

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final LeaseClock clock = new LeaseClock(time, Instant.EPOCH);
    private final LeaseIndex leases = new LeaseIndex(3, 1_000, clock);

    /** After a start the shards answer in any order. */
    @Test
    void removedLease_inOneShard_doesNotHideLiveLeaseInAnother() {
        updateLease(0, "moved", Phase.REMOVED);
        updateLease(1, "moved", Phase.LIVE);
        updateLease(1, "came", Phase.LIVE);
        updateLease(0, "came", Phase.REMOVED);

        for (var id : List.of("moved", "came")) {
            assertThat(leases.find(id)).isNotNull().satisfies(trackedLease -> {
                assertThat(trackedLease.shard).isEqualTo(1);
                assertThat(trackedLease.phase).isEqualTo(Phase.LIVE);
            });
            updateLease(0, id, Phase.FORGOTTEN);
            assertThat(leases.find(id)).isNotNull();
            assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> leases.reserve(id, 2));
        }
    }

    /** An id belongs to its owner until the shard forgets it. */
    @Test
    void hold_inOtherShard_isRefusedForRevivableId() {
        updateLease(0, "removed", Phase.REMOVED);
        updateLease(0, "deregistered", Phase.DEREGISTERED);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> leases.reserve("removed", 1))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NAME_IMMUTABLE));
        leases.reserve("deregistered", 1);

        assertThat(shardOf("removed")).isZero();
        assertThat(shardOf("deregistered")).isEqualTo(1);
    }

    @Test
    void hold_inOtherShard_isRefusedDuringRegistration() {
        updateLease(0, "deregistered", Phase.DEREGISTERED);
        leases.reserve("deregistered", 0);
        leases.reserve("forgotten", 0);
        updateLease(0, "forgotten", Phase.FORGOTTEN);

        for (var id : List.of("deregistered", "forgotten")) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> leases.reserve(id, 1))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NAME_IMMUTABLE));
            leases.release(0, id);
        }
        updateLease(0, "forgotten", Phase.FORGOTTEN);

        for (var id : List.of("deregistered", "forgotten")) {
            leases.reserve(id, 1);
            assertThat(shardOf(id)).isEqualTo(1);
        }
    }

    @Test
    void oldestRemovedLease_duringRegistration_isNotEvicted() {
        updateLease(0, "eldest", Phase.DEREGISTERED);
        leases.reserve("eldest", 0);
        for (int i = 0; i < RemovedLeaseCache.MAX_SIZE; i++) {
            updateLease(0, "id-" + i, Phase.DEREGISTERED);
        }

        assertThat(leases.find("eldest")).isNotNull();
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> leases.reserve("eldest", 1));
        time.pass(Duration.ofSeconds(61));
        assertThat(leases.due(0, clock.millis()))
                .extracting(trackedLease -> trackedLease.id)
                .contains("eldest");
    }

    @Test
    void deregisteredLease_inOneShard_doesNotHideRevivableLeaseInAnother() {
        updateLease(0, "first", Phase.DEREGISTERED);
        updateLease(1, "first", Phase.REMOVED);
        updateLease(1, "last", Phase.REMOVED);
        updateLease(0, "last", Phase.DEREGISTERED);

        assertThat(shardOf("first")).isEqualTo(1);
        assertThat(shardOf("last")).isEqualTo(1);
    }

    @Test
    void removedLeases_doNotCountTowardsCapacity() {
        var few = new LeaseIndex(3, 2, clock);
        for (int i = 0; i < 10; i++) {
            few.reserve("id-" + i, 0);
            few.update(0, leases("id-" + i, Phase.LIVE));
            few.release(0, "id-" + i);
            few.update(0, leases("id-" + i, i % 2 == 0 ? Phase.DEREGISTERED : Phase.REMOVED));
        }
        few.reserve("a", 0);
        few.update(0, leases("id-1", Phase.LIVE));

        for (var id : List.of("b", "id-3")) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> few.reserve(id, 0))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED));
        }
        few.update(0, leases("id-1", Phase.FORGOTTEN));
        few.reserve("b", 0);
    }

    @Test
    void removedLeases_beyondLimit_evictOldest() {
        for (int i = 0; i < RemovedLeaseCache.MAX_SIZE; i++) {
            updateLease(0, "id-" + i, Phase.DEREGISTERED);
        }
        updateLease(0, "id-0", Phase.LIVE);
        updateLease(0, "id-0", Phase.REMOVED);
        updateLease(0, "one", Phase.DEREGISTERED);
        updateLease(1, "other", Phase.DEREGISTERED);

        assertThat(leases.size()).isEqualTo(RemovedLeaseCache.MAX_SIZE + 1);
        assertThat(leases.find("id-0")).isNotNull();
        assertThat(leases.find("id-1")).isNull();
        assertThat(leases.find("id-2")).isNotNull();
    }

    @Test
    void releasedId_isDueAtOnceAndThenForgotten() {
        leases.reserve("refused", 1);
        time.pass(Duration.ofMillis(200));
        assertThat(leases.due(1, clock.millis())).isEmpty();

        leases.release(1, "refused");

        time.pass(Duration.ofMillis(200));
        assertThat(leases.due(1, clock.millis()))
                .singleElement()
                .satisfies(trackedLease -> assertThat(trackedLease.id).isEqualTo("refused"));
        updateLease(1, "refused", Phase.FORGOTTEN);
        assertThat(leases.size()).isZero();
    }

    @Test
    void release_ofRegisteredId_hasNoEffect() {
        leases.reserve("held", 1);
        updateLease(1, "held", Phase.LIVE);
        leases.release(1, "held");

        time.pass(Duration.ofMillis(200));
        assertThat(leases.due(1, clock.millis())).isEmpty();
    }

    private int shardOf(String id) {
        return Objects.requireNonNull(leases.find(id)).shard;
    }

    private void updateLease(int shard, String id, Phase phase) {
        leases.update(shard, leases(id, phase));
    }

    private Outcome leases(String id, Phase phase) {
        return new Outcome.Leases(List.of(new Lease(id, 1, phase, clock.millis() + 30_000)));
    }
}
