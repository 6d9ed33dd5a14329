package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static dev.aicore.discovery.command.shard.ShardSamples.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.shard.ObservationKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnershipClaimTest {

    private static final EventMetadata NOBODY = by("anonymous", "admin");
    private static final EventMetadata ANN = by("ann");
    private static final EventMetadata ROOT = by("root", "admin");

    private final ShardHarness shardHarness = new ShardHarness(CheckpointPolicy.DEFAULT, ShardHarness.LONE);

    OwnershipClaimTest() {
        shardHarness.ask(NOON, List.of(register("a", declaration(100), NOBODY)));
    }

    static Stream<ShardCommand> writes() {
        return Stream.of(
                register("a", declaration(100), ANN),
                register("a", declaration(50), ANN),
                update("a", "{\"weight\":50}", null, ANN),
                update("a", "{}", AdminState.ACTIVE, ANN),
                new RenewLease("a", ObservationKind.RENEWED, NOON.toEpochMilli(), ANN),
                new RenewLeases(List.of("a"), NOON.toEpochMilli(), ANN),
                register("a", declaration(100), by("ann", "admin")));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void unownedInstance_isAdoptedByFirstWriter(ShardCommand write) {
        shardHarness.ask(after(1), List.of(write));
        assertThat(shardHarness.events).contains(adopted(write));
        assertThat(shardHarness.state.get("a").owner).isEqualTo("ann");
        assertThat(shardHarness.state.usage.instancesOf("anonymous")).isZero();
        assertThat(shardHarness.state.usage.instancesOf("ann")).isEqualTo(1);
        shardHarness.ask(after(2), List.of(update("a", "{\"weight\":1}", null, by("bob"))));
        assertThat(last())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OWNED_BY_ANOTHER));
    }

    @Test
    void adminWrite_ofUnownedInstance_doesNotAdopt() {
        shardHarness.ask(after(1), List.of(update("a", "{\"weight\":50}", null, ROOT)));
        shardHarness.ask(
                after(2),
                List.of(new RegisterInstance("a", declaration(100), HealthState.HEALTHY, false, "anonymous", ROOT)));
        shardHarness.ask(after(3), List.of(register("a", declaration(100), NOBODY)));
        assertThat(shardHarness.events).noneMatch(InstanceAdopted.class::isInstance);
        assertThat(shardHarness.state.get("a").owner).isEqualTo("anonymous");
    }

    @Test
    void ownedInstance_staysWithOwner() {
        shardHarness.ask(
                after(1), List.of(register("b", declaration(100), ANN), register("b", declaration(100), by("bob"))));
        assertThat(last()).isInstanceOf(Outcome.Refused.class);
        assertThat(shardHarness.state.get("b").owner).isEqualTo("ann");
    }

    private static InstanceAdopted adopted(ShardCommand write) {
        var metadata = write instanceof RegisterInstance register ? register.envelope() : ANN;
        return new InstanceAdopted("a", "orders", "ann", "anonymous", after(1), metadata);
    }

    private Outcome last() {
        return shardHarness.answered.getLast().settled().outcome();
    }
}
