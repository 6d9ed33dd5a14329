package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that a shard is folded without the events in quarantine and without the events that depend on them. */
class QuarantineTest {

    private final ShardState state = new ShardState();
    private final ShardEvolver evolver = new ShardEvolver(state);

    @Test
    void quarantinedRegistration_leavesInstanceUnknown() {
        evolver.evolve(quarantined("InstanceRegistered", "a"));
        evolver.evolve(registered("b", 1));
        evolver.evolve(heard(0, 1));
        evolver.evolve(switched("a"));
        evolver.evolve(switched("b"));

        assertThat(state.instances).containsOnlyKeys("b");
        assertThat(state.get("b").monitored).isFalse();

        evolver.evolve(registered("a", 2));
        assertThat(state.instances).containsOnlyKeys("a", "b");
    }

    @Test
    void quarantinedDeregistration_removesInstanceAndFreesSlot() {
        evolver.evolve(registered("a", 0));
        evolver.evolve(quarantined("InstanceDeregistered", "a"));
        evolver.evolve(registered("b", 0));

        assertThat(state.instances).containsOnlyKeys("b");
        assertThat(state.slots.at(0).id).isEqualTo("b");
        assertThat(state.service(state.get("b").service).instances).isEqualTo(1);
    }

    /**
     * The type is lost as well. A new occupant of the slot, or a second registration, shows that the instance had left.
     */
    @Test
    void newOccupant_afterQuarantinedEvent_removesFormerOccupant() {
        evolver.evolve(registered("a", 0));
        evolver.evolve(quarantined("", "a"));
        evolver.evolve(registered("b", 0));
        evolver.evolve(registered("c", 1));
        evolver.evolve(quarantined("", "c"));
        evolver.evolve(registered("c", 2));

        assertThat(state.instances).containsOnlyKeys("b", "c");
        assertThat(state.get("c").slot).isEqualTo(2);
    }

    @Test
    void reusedSlot_afterQuarantinedCheckpoint_isNotFree() {
        evolver.evolve(registered("a", 0));
        evolver.evolve(new InstanceDeregistered("a", "orders", after(1), by("ann")));
        evolver.evolve(quarantined("ShardCheckpointed", null));
        evolver.evolve(registered("b", 0));

        assertThat(state.slots.at(0).id).isEqualTo("b");
        assertThat(state.slots.free()).isEmpty();
        assertThat(state.slots.vacated()).isEmpty();
        assertThat(state.slots.nextVacant()).isEqualTo(1);
    }

    @Test
    void eventOfUnknownInstance_withoutQuarantine_isRejected() {
        evolver.evolve(quarantined("InstanceUpdated", "a"));

        assertThatThrownBy(() -> evolver.evolve(switched("b"))).isInstanceOf(IllegalStateException.class);
    }

    private static EventQuarantined quarantined(String type, @Nullable String instance) {
        return new EventQuarantined(type, instance, "shard-0", "cut off", after(5), by("ctl"));
    }

    private static MonitoringSwitched switched(String id) {
        return new MonitoringSwitched(id, "orders", false, after(9), by("ann"));
    }

    private static ObservationsRecorded heard(int... slots) {
        var packer = new ObservationPacker(after(3).toEpochMilli());
        for (int slot : slots) {
            packer.add(slot, ObservationKind.RENEWED, after(3).toEpochMilli(), 0, 0);
        }
        return packer.toEvent();
    }
}
