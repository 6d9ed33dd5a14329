package dev.aicore.discovery.projection.instance;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.declared;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.deregistered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.expired;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.removed;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.revived;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.turned;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.projection.instance.VersionedInstance.DepartureType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstanceFoldTest {

    private static final int SHARD = 3;

    private final InstanceFold fold = new InstanceFold(declaration -> "{\"port\":" + declaration.port() + "}");

    @Test
    void registration_createsHealthyLiveInstance() {
        var after = given(registered("a", 7));

        assertThat(after.identity().owner()).isEqualTo("alice");
        assertThat(after.identity().registeredAt()).isEqualTo(T0);
        assertThat(after.place()).isEqualTo(new VersionedInstance.SlotPlacement(SHARD, 7, 1));
        assertThat(after.said()).isEqualTo(new VersionedInstance.DeclarationState(1, "{\"port\":8080}"));
        assertThat(after.state().declared()).isEqualTo(AdminState.ACTIVE);
        assertThat(after.state().lease()).isEqualTo(LeaseState.LIVE);
        assertThat(after.state().health()).isEqualTo(HealthState.HEALTHY);
        assertThat(after.gone()).isNull();
        assertThat(after.position()).isEqualTo(1);
    }

    @Test
    void update_leavesHealthAndSlotUnchanged() {
        var after = given(registered("a", 7), turned("a", HealthState.HEALTHY, HealthState.UNHEALTHY), updated("a", 2));

        assertThat(after.said()).isEqualTo(new VersionedInstance.DeclarationState(2, "{\"port\":9090}"));
        assertThat(after.state().health()).isEqualTo(HealthState.UNHEALTHY);
        assertThat(after.times().health()).isEqualTo(T0.plusSeconds(3));
        assertThat(after.times().updated()).isEqualTo(T0.plusSeconds(1));
        assertThat(after.place().since()).isEqualTo(1);
        assertThat(after.position()).isEqualTo(3);
    }

    @Test
    void maintenance_survivesExpiryAndEndsWithReregistration() {
        var maintained = given(registered("a", 7), declared("a", 2, AdminState.MAINTENANCE));
        assertThat(maintained.state().status()).isEqualTo(InstanceStatus.MAINTENANCE);
        assertThat(maintained.state().lease()).isEqualTo(LeaseState.LIVE);

        var back = given(
                registered("a", 7),
                declared("a", 2, AdminState.MAINTENANCE),
                expired("a"),
                removed("a"),
                revived("a", 9, 2));
        assertThat(back.state().declared()).isEqualTo(AdminState.MAINTENANCE);

        var late = given(registered("a", 7), expired("a"), declared("a", 2, AdminState.DRAINING));
        assertThat(late.state().lease()).isEqualTo(LeaseState.EXPIRED);
        assertThat(late.state().declared()).isEqualTo(AdminState.DRAINING);

        var anew = given(
                registered("a", 7), declared("a", 2, AdminState.MAINTENANCE), deregistered("a"), registered("a", 8));
        assertThat(anew.state().declared()).isEqualTo(AdminState.ACTIVE);
    }

    @Test
    void silentInstance_expiresThenIsRemoved() {
        var silent = given(registered("a", 7), expired("a"));
        assertThat(silent.state().lease()).isEqualTo(LeaseState.EXPIRED);
        assertThat(silent.times().lease()).isEqualTo(T0.plusSeconds(5));
        assertThat(silent.gone()).isNull();

        assertThat(given(registered("a", 7), expired("a"), removed("a")).gone()).isEqualTo(DepartureType.REMOVED);
    }

    @Test
    void revival_afterExpiry_keepsSlot() {
        var after = given(registered("a", 7), expired("a"), revived("a", 7, 1));

        assertThat(after.state().lease()).isEqualTo(LeaseState.LIVE);
        assertThat(after.place()).isEqualTo(new VersionedInstance.SlotPlacement(SHARD, 7, 1));
        assertThat(after.identity().registeredAt()).isEqualTo(T0);
    }

    @Test
    void revival_afterRemoval_getsNewSlot() {
        var after = given(registered("a", 7), expired("a"), removed("a"), revived("a", 9, 1));

        assertThat(after.gone()).isNull();
        assertThat(after.place()).isEqualTo(new VersionedInstance.SlotPlacement(SHARD, 9, 4));
        assertThat(after.times().lease()).isEqualTo(T0.plusSeconds(40));
    }

    @Test
    void removedInstance_canBeDeregisteredAndReregistered() {
        assertThat(given(registered("a", 7), expired("a"), removed("a"), deregistered("a"))
                        .gone())
                .isEqualTo(DepartureType.DEREGISTERED);
        var anew = given(registered("a", 7), deregistered("a"), registered("a", 8));
        assertThat(anew.gone()).isNull();
        assertThat(anew.said().version()).isEqualTo(1);
        assertThat(anew.place().since()).isEqualTo(3);
    }

    @Test
    void impossibleTransition_isRefused() {
        assertThatThrownBy(() -> given(updated("a", 2)))
                .hasMessage("InstanceUpdated at position 1 can't follow: instance a was never registered.");
        assertThatThrownBy(() -> given(registered("a", 7), deregistered("a"), revived("a", 7, 1)))
                .hasMessage("InstanceRevived at position 3 can't follow: instance a is deregistered since position 2.");
        assertThatThrownBy(() -> given(registered("a", 7), deregistered("a"), expired("a")))
                .isInstanceOf(IllegalStateException.class);
    }

    private VersionedInstance given(InstanceFact... facts) {
        @Nullable VersionedInstance version = null;
        long position = 0;
        for (var fact : facts) {
            position++;
            version = fold.fold(version, fact, SHARD, position, T0.plusSeconds(100 + position));
            assertThat(version.at()).isEqualTo(T0.plusSeconds(100 + position));
        }
        return Objects.requireNonNull(version);
    }
}
