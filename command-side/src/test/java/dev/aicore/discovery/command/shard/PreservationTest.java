package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.TTL;
import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.checked;
import static dev.aicore.discovery.command.shard.Samples.heartbeat;
import static dev.aicore.discovery.command.shard.Samples.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.LeaseExpired;
import dev.aicore.discovery.api.instance.LeaseOverdue;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.lease.PreservationEntered;
import dev.aicore.discovery.api.lease.PreservationLeft;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.GrantGrace;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Lease.Phase;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.command.lease.ExpiryCapPolicy;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A service of a hundred, of which 15 may expire within its ttl of 30 s; silence lasts 90 s at most. */
class PreservationTest {

    private static final Rules RULES = new Rules(
            Play.LONE.leases(), new ExpiryCapPolicy(0.15, 3), Play.LONE.damping(), Play.LONE.breaker(), Play.FREE);

    private static final List<String> HUNDRED =
            IntStream.range(0, 100).mapToObj(i -> "i-" + i).toList();

    private final Play play = new Play(Checkpointing.USUAL, RULES);

    PreservationTest() {
        play.ask(
                NOON,
                HUNDRED.stream().map(Samples::register).map(Item.class::cast).toList());
    }

    @Test
    void aShareExpiresAndTheRestIsHeldBack() {
        look(after(TTL));

        assertThat(count(LeaseExpired.class)).isEqualTo(15);
        assertThat(count(LeaseOverdue.class)).isEqualTo(85);
        assertThat(of(PreservationEntered.class)).singleElement().satisfies(entered -> {
            assertThat(entered.service()).isEqualTo("orders");
            assertThat(entered.instances()).isEqualTo(100);
            assertThat(entered.expired()).isEqualTo(15);
            assertThat(entered.cause())
                    .isEqualTo(
                            "15 of 100 instances have expired within 30 s, and no more may. Those that stay silent are"
                                    + " held back, for 3 times their ttl at most.");
        });
        assertThat(play.events.indexOf(of(PreservationEntered.class).getFirst()))
                .isLessThan(play.events.indexOf(of(LeaseOverdue.class).getFirst()));
    }

    @Test
    void eachTtlAnotherShareExpires() {
        look(after(TTL));
        look(after(2 * TTL - 0.1));
        assertThat(count(LeaseExpired.class)).isEqualTo(15);

        look(after(2 * TTL));
        assertThat(count(LeaseExpired.class)).isEqualTo(30);
        assertThat(count(LeaseOverdue.class)).isEqualTo(85);
    }

    @Test
    void afterTheBoundAllAreGoneAndPreservationIsLeftByItself() {
        look(after(TTL));
        look(after(2 * TTL));
        assertThat(count(PreservationLeft.class)).isZero();

        look(after(3 * TTL));
        assertThat(count(LeaseExpired.class)).isEqualTo(100);
        assertThat(count(PreservationLeft.class)).isOne();
        look(after(3 * TTL + 61));
        assertThat(count(InstanceRemoved.class)).isEqualTo(100);
        assertThat(play.state.services()).isEmpty();
    }

    @Test
    void oneThatIsHeardComesBackAndTheLastOfThemEndsIt() {
        look(after(TTL));
        var overdue = overdue();
        play.ask(
                after(TTL + 1),
                overdue.stream().skip(1).map(id -> (Item) heartbeat(id)).toList());
        assertThat(count(InstanceRevived.class)).isEqualTo(84);
        assertThat(count(PreservationLeft.class)).isZero();

        var answer = play.ask(after(TTL + 2), List.of(heartbeat(overdue.getFirst())));
        assertThat(((Outcome.Renewed) answer.getFirst().outcome()).revived()).isTrue();
        assertThat(play.events.getLast()).isInstanceOf(PreservationLeft.class);
        assertThat(play.state.get(overdue.getFirst()).lease()).isEqualTo(LeaseState.LIVE);
    }

    @Test
    void takingOutTheLastOfThemEndsItToo() {
        look(after(TTL));
        play.ask(
                after(TTL + 1),
                overdue().stream()
                        .map(id -> (Item) new DeregisterInstance(id, by("ann")))
                        .toList());
        assertThat(count(PreservationLeft.class)).isOne();
    }

    @Test
    void neitherAnUpdateNorAFailedCheckBringsOneBack() {
        look(after(TTL));
        var id = overdue().getFirst();
        var checked = "{\"health_check\":{\"check_type\":\"tcp\"}}";
        play.ask(after(TTL + 1), List.of(Samples.update(id, checked, Declared.MAINTENANCE, by("ann"))));
        play.ask(after(TTL + 2), List.of(checked(id, CHECK_FAILED)));
        assertThat(play.state.get(id).lease()).isEqualTo(LeaseState.OVERDUE);
        assertThat(play.state.get(id).renewedAt).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void aGraceLetsTheirLeasesRunAnew() {
        look(after(TTL));
        var id = overdue().getFirst();
        play.ask(after(80), List.of(new GrantGrace("pause", "It stood still.")));
        look(after(100));
        assertThat(play.state.get(id).lease()).isEqualTo(LeaseState.OVERDUE);
        assertThat(lease(after(100), id)).isEqualTo(new Lease(id, play.state.get(id).slot, Phase.OVERDUE, 110));
    }

    @Test
    void itIsLookedAtAgainWhenMoreMayExpire() {
        look(after(TTL));
        var id = overdue().getFirst();
        assertThat(lease(after(40), id)).isEqualTo(new Lease(id, play.state.get(id).slot, Phase.OVERDUE, 60));
    }

    @Test
    void aSmallServiceHasNoBrake() {
        var small = new Play(Checkpointing.USUAL, RULES);
        small.ask(NOON, List.of(register("a"), register("b"), register("c")));
        small.ask(
                after(TTL),
                List.of(new ExpireLeases(List.of("a", "b", "c"), after(TTL).toEpochMilli())));
        assertThat(small.events).hasAtLeastOneElementOfType(LeaseExpired.class);
        assertThat(small.state.present.values()).allMatch(Instance::isExpired);
    }

    private void look(Instant at) {
        play.ask(at, List.of(new ExpireLeases(HUNDRED, at.toEpochMilli())));
    }

    /** With its due time in seconds after noon. */
    private Lease lease(Instant at, String id) {
        var settled = play.ask(at, List.of(new ExpireLeases(List.of(id), at.toEpochMilli())));
        var lease = ((Outcome.Leases) settled.getFirst().outcome()).leases().getFirst();
        return new Lease(lease.id(), lease.slot(), lease.phase(), (lease.dueAt() - NOON.toEpochMilli()) / 1000);
    }

    private List<String> overdue() {
        return HUNDRED.stream()
                .filter(id -> play.state.get(id).lease() == LeaseState.OVERDUE)
                .toList();
    }

    private <T> List<T> of(Class<T> type) {
        return play.events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private long count(Class<?> type) {
        return of(type).size();
    }
}
