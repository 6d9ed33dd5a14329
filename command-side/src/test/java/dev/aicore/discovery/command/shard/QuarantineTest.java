package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.MonitoringSwitched;
import dev.aicore.discovery.api.quarantine.EventQuarantined;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that a shard is folded without the events in quarantine and without the events that depend on them. */
class QuarantineTest {

    private final ShardState state = new ShardState();

    @Test
    void quarantinedRegistration_leavesInstanceUnknown() {
        state.apply(quarantined("InstanceRegistered", "a"));
        state.apply(registered("b", 1));
        state.apply(heard(0, 1));
        state.apply(switched("a"));
        state.apply(switched("b"));

        assertThat(state.instances).containsOnlyKeys("b");
        assertThat(state.get("b").monitored).isFalse();

        state.apply(registered("a", 2));
        assertThat(state.instances).containsOnlyKeys("a", "b");
    }

    @Test
    void quarantinedDeregistration_removesInstanceAndFreesSlot() {
        state.apply(registered("a", 0));
        state.apply(quarantined("InstanceDeregistered", "a"));
        state.apply(registered("b", 0));

        assertThat(state.instances).containsOnlyKeys("b");
        assertThat(state.slots.at(0).id).isEqualTo("b");
        assertThat(state.service(state.get("b").service).instances).isEqualTo(1);
    }

    /**
     * The type is lost as well. A new occupant of the slot, or a second registration, shows that the instance had left.
     */
    @Test
    void newOccupant_afterQuarantinedEvent_removesFormerOccupant() {
        state.apply(registered("a", 0));
        state.apply(quarantined("", "a"));
        state.apply(registered("b", 0));
        state.apply(registered("c", 1));
        state.apply(quarantined("", "c"));
        state.apply(registered("c", 2));

        assertThat(state.instances).containsOnlyKeys("b", "c");
        assertThat(state.get("c").slot).isEqualTo(2);
    }

    @Test
    void reusedSlot_afterQuarantinedCheckpoint_isNotFree() {
        state.apply(registered("a", 0));
        state.apply(new InstanceDeregistered("a", "orders", after(1), by("ann")));
        state.apply(quarantined("ShardCheckpointed", null));
        state.apply(registered("b", 0));

        assertThat(state.slots.at(0).id).isEqualTo("b");
        assertThat(state.slots.free()).isEmpty();
        assertThat(state.slots.vacated()).isEmpty();
        assertThat(state.slots.nextVacant()).isEqualTo(1);
    }

    @Test
    void eventOfUnknownInstance_withoutQuarantine_isRejected() {
        state.apply(quarantined("InstanceUpdated", "a"));

        assertThatThrownBy(() -> state.apply(switched("b"))).isInstanceOf(IllegalStateException.class);
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
