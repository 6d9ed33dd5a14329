package dev.aicore.discovery.command.batching;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Change;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.Outcome.Restored.RestoredInstance;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.restore.RestoreAction;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.RestorePoint;
import dev.aicore.discovery.config.testing.GoldenFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayableOutcomeTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00.120Z");
    private static final Lease LEASE = new Lease("a", 3, Phase.LIVE, 1_795_435_230_120L);
    private static final RestorePoint POINT = new RestorePoint("orders", 9, AT, "0f5d", 1);
    private static final List<RestoredInstance> BROUGHT = List.of(
            new RestoredInstance("a", RestoreAction.MISSING, "restored", null),
            new RestoredInstance("b", RestoreAction.ADDED, "precondition_failed", "It moved on."));

    /** All outcomes that can be stored, and each kind of change of a stored instance. */
    static Stream<Outcome> outcomes() {
        var declaration = aDeclaration("orders")
                .version("1.0")
                .port(80)
                .metadata(Map.of("region", "eu"))
                .tags("a", "b")
                .zone("z")
                .build();
        var state = new InstanceState(AdminState.DRAINING, LeaseState.LIVE, HealthState.STARTING, BreakerState.CLOSED);
        var held = Arrays.stream(Change.values())
                .map(change -> new Outcome.Stored(
                        change, "alice", 4, declaration, state, AT.minusSeconds(60), AT.minusSeconds(9), AT, LEASE));
        return Stream.concat(
                held,
                Stream.of(
                        new Outcome.Deregistered(new Lease("a", -1, Phase.DEREGISTERED, Long.MAX_VALUE)),
                        new Outcome.Reset("orders", AT),
                        new Outcome.Monitored("a", false, AT),
                        new Outcome.Circuit("a", BreakerState.HALF_OPEN, LEASE),
                        new Outcome.Configured("orders", Edit.CHANGED, 2, AT),
                        new Outcome.Dropped(31, List.of("audit", "instances"), AT),
                        new Outcome.Restored(POINT, BROUGHT, List.of())));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void storedOutcome_roundTrips(Outcome outcome) {
        assertThat(ReplayableOutcome.read(ReplayableOutcome.write(AT, outcome), 17))
                .isEqualTo(new CommandReply(outcome, 17, AT));
    }

    @Test
    void restoreOutcome_isStoredWithoutNestedOutcomes() {
        var restored = new Outcome.Restored(POINT, BROUGHT, List.of(new Outcome.Deregistered(LEASE)));

        assertThat(ReplayableOutcome.read(ReplayableOutcome.write(AT, restored), 17))
                .isEqualTo(new CommandReply(new Outcome.Restored(POINT, BROUGHT, List.of()), 17, AT));
    }

    /** Later versions read what earlier versions have stored. */
    @Test
    void storedOutcome_matchesGoldenFile() throws IOException {
        GoldenFile.assertHolds("stored-outcomes.txt", outcomes().map(outcome -> ReplayableOutcome.write(AT, outcome)));
    }

    @Test
    void outcome_storedByEarlierVersion_isReadable() {
        var json = "{\"at\":\"2026-11-23T12:00:00.120Z\",\"deregistered\":{\"lease\":{\"id\":\"a\",\"slot\":-1,"
                + "\"phase\":\"removed\",\"due_at\":9}}}";

        assertThat(ReplayableOutcome.read(json, 17).outcome())
                .isEqualTo(new Outcome.Deregistered(new Lease("a", -1, Phase.REMOVED, 9)));
    }

    @Test
    void write_ofUnreplayableOutcome_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplayableOutcome.write(AT, new Outcome.Renewed(LEASE, false)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplayableOutcome.write(AT, new Outcome.Refused(ErrorCode.UNKNOWN_INSTANCE, "No.")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"at\":\"2026-11-23T12:00:00Z\",\"split\":{}}",
                "{\"held\":{\"change\":\"merged\"}}"
            })
    void read_ofUnknownForm_isRefusedAsNewerEvent(String json) {
        assertThatThrownBy(() -> ReplayableOutcome.read(json, 17))
                .isInstanceOfSatisfying(RegistryException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.NEWER_EVENT);
                    assertThat(refusal.detail()).contains("position 17");
                });
    }
}
