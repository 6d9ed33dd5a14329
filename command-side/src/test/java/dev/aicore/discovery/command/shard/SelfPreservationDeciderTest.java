package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.checked;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.command.shard.policy.ExpiryCapPolicy;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tests with a service of a hundred instances, 15 of which may expire within the TTL of 30 s; the maximum silence is 90
 * s.
 */
class SelfPreservationDeciderTest {

    private static final ShardPolicies RULES = new ShardPolicies(
            ShardHarness.LONE.leases(),
            new ExpiryCapPolicy(0.15, 3),
            ShardHarness.LONE.damping(),
            ShardHarness.LONE.breaker(),
            ShardHarness.FREE);

    private static final List<String> HUNDRED =
            IntStream.range(0, 100).mapToObj(i -> "i-" + i).toList();

    private final ShardHarness shardHarness = new ShardHarness(CheckpointPolicy.DEFAULT, RULES);

    SelfPreservationDeciderTest() {
        shardHarness.ask(
                NOON,
                HUNDRED.stream()
                        .map(ShardSamples::register)
                        .map(ShardCommand.class::cast)
                        .toList());
    }

    @Test
    void expiry_beyondCap_marksRestOverdue() {
        proposeExpiryOfAll(after(TTL));

        assertThat(count(LeaseExpired.class)).isEqualTo(15);
        assertThat(count(LeaseOverdue.class)).isEqualTo(85);
        assertThat(of(SelfPreservationEntered.class)).singleElement().satisfies(entered -> {
            assertThat(entered.service()).isEqualTo("orders");
            assertThat(entered.instances()).isEqualTo(100);
            assertThat(entered.expired()).isEqualTo(15);
            assertThat(entered.cause())
                    .isEqualTo("15 of 100 instances have expired within 30 s, the maximum. Further expiries are"
                            + " held back for at most 3 times the TTL.");
        });
        assertThat(shardHarness.events.indexOf(of(SelfPreservationEntered.class).getFirst()))
                .isLessThan(shardHarness.events.indexOf(of(LeaseOverdue.class).getFirst()));
    }

    @Test
    void expiry_afterEachTtl_permitsFurtherShare() {
        proposeExpiryOfAll(after(TTL));
        proposeExpiryOfAll(after(2 * TTL - 0.1));
        assertThat(count(LeaseExpired.class)).isEqualTo(15);

        proposeExpiryOfAll(after(2 * TTL));
        assertThat(count(LeaseExpired.class)).isEqualTo(30);
        assertThat(count(LeaseOverdue.class)).isEqualTo(85);
    }

    @Test
    void expiry_afterMaxSilence_endsSelfPreservation() {
        proposeExpiryOfAll(after(TTL));
        proposeExpiryOfAll(after(2 * TTL));
        assertThat(count(SelfPreservationExited.class)).isZero();

        proposeExpiryOfAll(after(3 * TTL));
        assertThat(count(LeaseExpired.class)).isEqualTo(100);
        assertThat(count(SelfPreservationExited.class)).isOne();
        proposeExpiryOfAll(after(3 * TTL + 61));
        assertThat(count(InstanceRemoved.class)).isEqualTo(100);
        assertThat(shardHarness.state.services()).isEmpty();
    }

    @Test
    void heartbeat_ofLastOverdueInstance_endsSelfPreservation() {
        proposeExpiryOfAll(after(TTL));
        var overdue = overdue();
        shardHarness.ask(
                after(TTL + 1),
                overdue.stream().skip(1).map(id -> (ShardCommand) heartbeat(id)).toList());
        assertThat(count(InstanceRevived.class)).isEqualTo(84);
        assertThat(count(SelfPreservationExited.class)).isZero();

        var answer = shardHarness.ask(after(TTL + 2), List.of(heartbeat(overdue.getFirst())));
        assertThat(((Outcome.Renewed) answer.getFirst().outcome()).revived()).isTrue();
        assertThat(shardHarness.events.getLast()).isInstanceOf(SelfPreservationExited.class);
        assertThat(shardHarness.state.get(overdue.getFirst()).lease()).isEqualTo(LeaseState.LIVE);
    }

    @Test
    void deregistration_ofLastOverdueInstance_endsSelfPreservation() {
        proposeExpiryOfAll(after(TTL));
        shardHarness.ask(
                after(TTL + 1),
                overdue().stream()
                        .map(id -> (ShardCommand) new DeregisterInstance(id, by("ann")))
                        .toList());
        assertThat(count(SelfPreservationExited.class)).isOne();
    }

    @Test
    void updateAndFailedCheck_doNotReviveOverdueInstance() {
        proposeExpiryOfAll(after(TTL));
        var id = overdue().getFirst();
        var checked = "{\"health_check\":{\"check_type\":\"tcp\"}}";
        shardHarness.ask(after(TTL + 1), List.of(ShardSamples.update(id, checked, AdminState.MAINTENANCE, by("ann"))));
        shardHarness.ask(after(TTL + 2), List.of(checked(id, CHECK_FAILED)));
        assertThat(shardHarness.state.get(id).lease()).isEqualTo(LeaseState.OVERDUE);
        assertThat(shardHarness.state.get(id).renewedAt).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void extension_restartsOverdueLeases() {
        proposeExpiryOfAll(after(TTL));
        var id = overdue().getFirst();
        shardHarness.ask(after(80), List.of(new ExtendLeases("pause", "It stood still.")));
        proposeExpiryOfAll(after(100));
        assertThat(shardHarness.state.get(id).lease()).isEqualTo(LeaseState.OVERDUE);
        assertThat(lease(after(100), id)).isEqualTo(new Lease(id, shardHarness.state.get(id).slot, Phase.OVERDUE, 110));
    }

    @Test
    void overdueLease_isDueWhenNextShareMayExpire() {
        proposeExpiryOfAll(after(TTL));
        var id = overdue().getFirst();
        assertThat(lease(after(40), id)).isEqualTo(new Lease(id, shardHarness.state.get(id).slot, Phase.OVERDUE, 60));
    }

    @Test
    void smallService_hasNoExpiryCap() {
        var small = new ShardHarness(CheckpointPolicy.DEFAULT, RULES);
        small.ask(NOON, List.of(register("a"), register("b"), register("c")));
        small.ask(
                after(TTL),
                List.of(new ExpireLeases(List.of("a", "b", "c"), after(TTL).toEpochMilli())));
        assertThat(small.events).hasAtLeastOneElementOfType(LeaseExpired.class);
        assertThat(small.state.instances.values()).allMatch(Instance::isExpired);
    }

    private void proposeExpiryOfAll(Instant at) {
        shardHarness.ask(at, List.of(new ExpireLeases(HUNDRED, at.toEpochMilli())));
    }

    /** Returns the lease, whose due time is in seconds after noon. */
    private Lease lease(Instant at, String id) {
        var settled = shardHarness.ask(at, List.of(new ExpireLeases(List.of(id), at.toEpochMilli())));
        var lease = ((Outcome.Leases) settled.getFirst().outcome()).leases().getFirst();
        return new Lease(lease.id(), lease.slot(), lease.phase(), (lease.dueAt() - NOON.toEpochMilli()) / 1000);
    }

    private List<String> overdue() {
        return HUNDRED.stream()
                .filter(id -> shardHarness.state.get(id).lease() == LeaseState.OVERDUE)
                .toList();
    }

    private <T> List<T> of(Class<T> type) {
        return shardHarness.events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private long count(Class<?> type) {
        return of(type).size();
    }
}
