package dev.aicore.discovery.command.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.shard.Difference;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Lease.Phase;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import dev.aicore.discovery.api.shard.Outcome.Restored.Brought;
import dev.aicore.discovery.api.shard.RestorePoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredOutcomeTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00.120Z");
    private static final Lease LEASE = new Lease("a", 3, Phase.LIVE, 1_795_435_230_120L);

    @ParameterizedTest
    @EnumSource
    void whatIsHeldIsReadAsItWasWritten(Change change) {
        var declaration = new Declaration(
                "orders", "1.0", "10.0.0.1", 80, "http", 100, 30, null, Map.of("region", "eu"), List.of("a", "b"), "z");
        var state = new InstanceState(Declared.DRAINING, LeaseState.LIVE, Health.STARTING, Breaker.CLOSED);
        var held = new Outcome.Held(
                change, "alice", 4, declaration, state, AT.minusSeconds(60), AT.minusSeconds(9), AT, LEASE);

        assertThat(StoredOutcome.read(StoredOutcome.write(AT, held), 17)).isEqualTo(new Reply(held, 17, AT));
    }

    @Test
    void aDepartureIsReadAsItWasWritten() {
        var gone = new Outcome.Deregistered(new Lease("a", -1, Phase.DEREGISTERED, Long.MAX_VALUE));

        assertThat(StoredOutcome.read(StoredOutcome.write(AT, gone), 17)).isEqualTo(new Reply(gone, 17, AT));
    }

    @Test
    void aResetIsReadAsItWasWritten() {
        var reset = new Outcome.Reset("orders", AT);

        assertThat(StoredOutcome.read(StoredOutcome.write(AT, reset), 17)).isEqualTo(new Reply(reset, 17, AT));
    }

    @Test
    void whatWasDroppedIsReadAsItWasWritten() {
        var dropped = new Outcome.Dropped(31, List.of("audit", "instances"), AT);

        assertThat(StoredOutcome.read(StoredOutcome.write(AT, dropped), 17)).isEqualTo(new Reply(dropped, 17, AT));
    }

    @Test
    void ofARestoreIsReadWhatCallersAreTold() {
        var point = new RestorePoint("orders", 9, AT, "0f5d", 1);
        var instances = List.of(
                new Brought("a", Difference.MISSING, "restored", null),
                new Brought("b", Difference.ADDED, "precondition_failed", "It moved on."));
        var restored = new Outcome.Restored(point, instances, List.of(new Outcome.Deregistered(LEASE)));

        assertThat(StoredOutcome.read(StoredOutcome.write(AT, restored), 17))
                .isEqualTo(new Reply(new Outcome.Restored(point, instances, List.of()), 17, AT));
    }

    @Test
    void aSwitchOfTheChecksIsReadAsItWasWritten() {
        var switched = new Outcome.Monitored("a", false, AT);

        assertThat(StoredOutcome.read(StoredOutcome.write(AT, switched), 17)).isEqualTo(new Reply(switched, 17, AT));
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        var circuit = new Outcome.Circuit("a", Breaker.HALF_OPEN, LEASE);

        assertThat(StoredOutcome.read(StoredOutcome.write(AT, circuit), 17)).isEqualTo(new Reply(circuit, 17, AT));
    }

    @Test
    void whatWasStoredBeforeThereWereResetsIsRead() {
        var json = "{\"at\":\"2026-11-23T12:00:00.120Z\",\"deregistered\":{\"lease\":{\"id\":\"a\",\"slot\":-1,"
                + "\"phase\":\"removed\",\"due_at\":9}}}";

        assertThat(StoredOutcome.read(json, 17).outcome())
                .isEqualTo(new Outcome.Deregistered(new Lease("a", -1, Phase.REMOVED, 9)));
    }

    @Test
    void nothingElseIsStored() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredOutcome.write(AT, new Outcome.Renewed(LEASE, false)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredOutcome.write(AT, new Outcome.Refused(ErrorCode.UNKNOWN_INSTANCE, "No.")));
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
    void whatAnotherVersionHasStoredIsNotGuessed(String json) {
        assertThatThrownBy(() -> StoredOutcome.read(json, 17))
                .isInstanceOfSatisfying(RegistryException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.NEWER_EVENT);
                    assertThat(refusal.detail()).contains("position 17");
                });
    }
}
