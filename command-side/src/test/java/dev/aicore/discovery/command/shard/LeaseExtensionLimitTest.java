package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.shard.ListeningHistory;
import dev.aicore.discovery.api.shard.ListeningHistory.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests a registry that pauses repeatedly, each time before the TTL after the last lease extension has passed. */
class LeaseExtensionLimitTest {

    private static final Duration APART = Duration.ofSeconds(TTL).minusSeconds(1);

    private final ShardHarness shardHarness = new ShardHarness(CheckpointPolicy.DEFAULT);
    private final List<Gap> gaps = new ArrayList<>();
    private Instant now = NOON;

    LeaseExtensionLimitTest() {
        ask(new RegisterInstance("a", declaration("orders", 100, TTL, null), HealthState.HEALTHY, by("ann")));
    }

    @Test
    void repeatedPauses_delayExpiryUpToThreeTtlsOfListening() {
        for (int pause = 0; pause < 20; pause++) {
            pauseAndListen(Duration.ofSeconds(2));
        }

        var expired = only(LeaseExpired.class);
        var deaf = gaps.stream()
                .filter(gap -> gap.end() <= expired.expiredAt().toEpochMilli())
                .mapToLong(gap -> gap.end() - gap.start())
                .sum();
        var heardFor = Duration.between(NOON, expired.expiredAt()).minusMillis(deaf);
        assertThat(heardFor).isBetween(Duration.ofSeconds(3L * TTL), Duration.ofSeconds(4L * TTL));
        assertThat(expired.silentSince()).isEqualTo(NOON);
    }

    @Test
    void repeatedPauses_doNotPreventRemoval() {
        now = now.plusSeconds(TTL);
        ask(expire(now, "a"));
        only(LeaseExpired.class);
        for (int pause = 0; pause < 60; pause++) {
            pauseAndListen(Duration.ofSeconds(2), ShardSamples.GRACE_PERIOD.minusSeconds(1));
        }
        only(InstanceRemoved.class);
    }

    @Test
    void lease_afterEachLongPause_hasFullTtl() {
        for (int pause = 0; pause < 20; pause++) {
            gap(Duration.ofMinutes(10));
            ask(new ExtendLeases("store_outage", "The store was away."));
            now = now.plusMillis(500);
            ask(expire(now, "a"));
        }
        assertThat(shardHarness.events).noneMatch(LeaseExpired.class::isInstance);
        now = now.plusSeconds(TTL);
        ask(expire(now, "a"));
        only(LeaseExpired.class);
    }

    /** The wheel proposes the lease at the due time in the outcome of an extension, which must not exceed the bound. */
    @Test
    void extendLeases_returnsDueTimeWithinLimit() {
        pauseAndListen(Duration.ofSeconds(2));
        pauseAndListen(Duration.ofSeconds(2));
        pauseAndListen(Duration.ofSeconds(2));
        ask(new ExtendLeases("pause", "It stood still."));
        var leases = (Outcome.Leases) shardHarness.answered.getLast().settled().outcome();
        assertThat(leases.leases().getFirst().dueAt())
                .isEqualTo(NOON.plusSeconds(3L * TTL + 6).toEpochMilli());
    }

    private void pauseAndListen(Duration pause) {
        pauseAndListen(pause, APART);
    }

    private void pauseAndListen(Duration pause, Duration listening) {
        gap(pause);
        ask(new ExtendLeases("pause", "It stood still."));
        now = now.plus(listening);
        ask(expire(now, "a"));
    }

    private void gap(Duration pause) {
        gaps.add(new Gap(now.toEpochMilli(), now.plus(pause).toEpochMilli()));
        now = now.plus(pause);
    }

    private void ask(ShardCommand command) {
        shardHarness.ask(now, List.of(command), new ListeningHistory(NOON.toEpochMilli(), gaps));
    }

    private <T> T only(Class<T> event) {
        assertThat(shardHarness.events).filteredOn(event::isInstance).hasSize(1);
        return event.cast(shardHarness.events.stream()
                .filter(event::isInstance)
                .findFirst()
                .orElseThrow());
    }
}
