package dev.aicore.discovery.command.batching;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.restore.RestoreAction;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.RestorePoint;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.Step;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RestoreIdReservationTest {

    private static final EventMetadata BY = EventMetadata.ofRegistry("test");

    private final LeaseIndex leases = new LeaseIndex(2, 1_000, new LeaseClock(new SystemTimeSource(), Instant.EPOCH));

    @Test
    void reservation_ofIdOfOtherService_refusesOnlyThatStep() {
        leases.reserve("a", 1);
        leases.update(1, new Outcome.Leases(List.of(new Lease("a", 0, Phase.LIVE, Long.MAX_VALUE))));

        var steps = new RestoreIdReservation(leases, 0)
                .of(new RestoreServiceInstances(
                        new RestorePoint("web", 9, Instant.EPOCH, "0f5d", 0), List.of(step("a"), step("b")), BY))
                .steps();

        assertThat(Objects.requireNonNull(steps.getFirst().refused()).code()).isEqualTo(ErrorCode.NAME_IMMUTABLE);
        assertThat(steps.getFirst().changes()).isEmpty();
        assertThat(steps.getLast()).isEqualTo(step("b"));
        assertThat(Objects.requireNonNull(leases.find("b")).shard).isZero();
    }

    static Step step(String id) {
        return new Step(
                id,
                RestoreAction.MISSING,
                List.of(new RegisterInstance(id, aDeclaration("web").build(), HealthState.HEALTHY, true, "ann", BY)));
    }
}
