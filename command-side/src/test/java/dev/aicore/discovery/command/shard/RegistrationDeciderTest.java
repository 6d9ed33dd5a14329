package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.NAME_IMMUTABLE;
import static dev.aicore.discovery.api.error.ErrorCode.OWNED_BY_ANOTHER;
import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.api.error.ErrorCode.VALIDATION_FAILED;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.REVIVE_WINDOW;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expired;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.observed;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.removed;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Change;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrationDeciderTest {

    private static CommandResult held(Change change, int version, Declaration declaration, int slot, Instant renewed) {
        long due = renewed.plusSeconds(TTL).toEpochMilli();
        return new CommandResult(
                new Outcome.Stored(
                        change,
                        "ann",
                        version,
                        declaration,
                        new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, HealthState.HEALTHY, BreakerState.CLOSED),
                        NOON,
                        change == Change.RENEWED ? NOON : renewed,
                        renewed,
                        new Lease("a", slot, Phase.LIVE, due)),
                0);
    }

    @Test
    void registration_forOtherOwner_recordsOwner() {
        given().when(NOON, new RegisterInstance("a", declaration(100), HealthState.HEALTHY, true, "bob", by("ann")))
                .events(new InstanceRegistered(
                        "a", 0, 0, "bob", declaration(100), HealthState.HEALTHY, NOON, by("ann")));
    }

    @Test
    void registration_ofNewInstance_isRecorded() {
        given().when(NOON, register("a"))
                .events(registered("a", 0))
                .answers(held(Change.CREATED, 1, declaration(100), 0, NOON));
    }

    @Test
    void registration_asStarting_isRecorded() {
        given().when(NOON, new RegisterInstance("a", declaration(100), HealthState.STARTING, by("ann")))
                .events(new InstanceRegistered(
                        "a", 0, 0, "ann", declaration(100), HealthState.STARTING, NOON, by("ann")));
    }

    @Test
    void equalRegistration_renewsLeaseWithoutFact() {
        given(registered("a", 0))
                .when(after(10), register("a"))
                .events(renewedAt(after(10)))
                .answers(held(Change.RENEWED, 1, declaration(100), 0, after(10)));
    }

    @Test
    void changedRegistration_namesChangedFields() {
        given(registered("a", 0))
                .when(after(10), register("a", declaration(50), by("ann")))
                .events(updated(2, declaration(50), List.of("weight"), after(10), "ann", "service"))
                .answers(held(Change.UPDATED, 2, declaration(50), 0, after(10)));
    }

    @Test
    void numberType_inCheckConfig_isNoChange() {
        var asInt = declaration("orders", 100, TTL, new HealthCheck("http", 10, 5, 3, 2, Map.of("port", 81)));
        var asLong = declaration("orders", 100, TTL, new HealthCheck("http", 10, 5, 3, 2, Map.of("port", 81L)));
        var other = declaration("orders", 50, TTL, new HealthCheck("http", 10, 5, 3, 2, Map.of("port", 81L)));
        given(registered("a", 0, asInt))
                .when(after(1), register("a", asLong, by("ann")))
                .changes(Change.RENEWED);
        given(registered("a", 0, asInt))
                .when(after(1), register("a", other, by("ann")))
                .events(updated(2, other, List.of("weight"), after(1), "ann", "service"));
    }

    @Test
    void headerOrder_inCheckConfig_isNoChange() {
        given(registered("a", 0, withHeaders("X-B", "X-A")))
                .when(after(10), register("a", withHeaders("X-A", "X-B"), by("ann")))
                .events(renewedAt(after(10)))
                .changes(Change.RENEWED);
    }

    @Test
    void write_byNonOwner_isRefused() {
        given(registered("a", 0))
                .when(after(1), register("a", declaration(50), by("bob")), new DeregisterInstance("a", by("bob")))
                .nothing()
                .refusals(OWNED_BY_ANOTHER, OWNED_BY_ANOTHER);
    }

    @Test
    void registration_ofRemovedInstanceByNonOwner_isRefused() {
        given(registered("a", 0), expired("a"), removed("a"))
                .when(after(100), register("a", declaration(50), by("bob")))
                .nothing()
                .refusals(OWNED_BY_ANOTHER);
    }

    @Test
    void adminRegistration_keepsOwner() {
        given(registered("a", 0))
                .when(after(1), register("a", declaration(50), by("root", "admin")))
                .events(updated(2, declaration(50), List.of("weight"), after(1), "root", "admin"))
                .answers(held(Change.UPDATED, 2, declaration(50), 0, after(1)));
    }

    @Test
    void registration_withOtherServiceName_isRefused() {
        given(registered("a", 0))
                .when(after(1), register("a", declaration("billing", 100, TTL, null), by("ann")))
                .nothing()
                .refusals(NAME_IMMUTABLE);
        given(registered("a", 0), expired("a"), removed("a"))
                .when(after(100), register("a", declaration("billing", 100, TTL, null), by("root", "admin")))
                .nothing()
                .refusals(NAME_IMMUTABLE);
    }

    @Test
    void registration_ofExpiredInstance_revives() {
        given(registered("a", 0), expired("a"))
                .when(after(40), register("a"))
                .events(revived(0, 1, after(40)))
                .changes(Change.REVIVED);
    }

    @Test
    void registration_ofRemovedInstance_revivesAndUpdates() {
        given(registered("a", 0), expired("a"), removed("a"))
                .when(after(100), register("a", declaration(50), by("ann")))
                .events(
                        revived(1, 1, after(100)),
                        updated(2, declaration(50), List.of("weight"), after(100), "ann", "service"))
                .changes(Change.REVIVED);
    }

    @Test
    void registration_afterReviveWindow_isOpenToAnyPrincipal() {
        var late = after(TTL + 60).plus(REVIVE_WINDOW);
        given(registered("a", 0), expired("a"), removed("a"))
                .when(late, register("a", declaration("billing", 100, TTL, null), by("bob")))
                .events(new InstanceRegistered(
                        "a", 1, 0, "bob", declaration("billing", 100, TTL, null), HealthState.HEALTHY, late, by("bob")))
                .changes(Change.CREATED);
    }

    @Test
    void registration_afterDeregistration_createsInstance() {
        given(registered("a", 0), new InstanceDeregistered("a", "orders", after(5), by("ann")))
                .when(after(6), register("a", declaration(50), by("bob")))
                .changes(Change.CREATED);
    }

    @Test
    void deregistration_removesInstanceOnce() {
        long until = after(5).toEpochMilli() + ShardState.DEREGISTERED_RETENTION_MILLIS;
        given(registered("a", 0))
                .when(after(5), new DeregisterInstance("a", by("ann")))
                .events(new InstanceDeregistered("a", "orders", after(5), by("ann")))
                .answers(new CommandResult(new Outcome.Deregistered(new Lease("a", -1, Phase.DEREGISTERED, until)), 0));
        given(registered("a", 0), new InstanceDeregistered("a", "orders", after(5), by("ann")))
                .when(after(6), new DeregisterInstance("a", by("ann")), new DeregisterInstance("b", by("ann")))
                .nothing()
                .refusals(UNKNOWN_INSTANCE, UNKNOWN_INSTANCE);
    }

    @Test
    void command_seesEarlierCommandsOfBatch() {
        given().when(
                        NOON,
                        register("a"),
                        register("a"),
                        register("a", declaration(50), by("ann")),
                        heartbeat("a"),
                        new DeregisterInstance("a", by("ann")))
                .events(
                        registered("a", 0),
                        renewedAt(NOON),
                        updated(2, declaration(50), List.of("weight"), NOON, "ann", "service"),
                        observed(NOON, 0, ObservationKind.RENEWED),
                        new InstanceDeregistered("a", "orders", NOON, by("ann")));
    }

    private static Declaration withHeaders(String... names) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : names) {
            headers.put(name, "1");
        }
        return declaration("orders", 100, TTL, new HealthCheck("http", 10, 5, 3, 2, Map.of("headers", headers)));
    }

    private static Object renewedAt(Instant at) {
        var packer = new ObservationPacker(at.toEpochMilli());
        packer.add(0, ObservationKind.RENEWED, at.toEpochMilli(), 0, 0);
        return packer.toEvent();
    }

    private static InstanceUpdated updated(
            int version, Declaration declaration, List<String> changed, Instant at, String actor, String role) {
        return ShardSamples.updated("a", version, declaration, AdminState.ACTIVE, changed, at, by(actor, role));
    }

    private static InstanceRevived revived(int slot, int version, Instant at) {
        return new InstanceRevived("a", slot, 0, version, declaration(100), at, "It registered again.", by("ann"));
    }

    /** A restored instance may have been registered under earlier rules. */
    @Test
    void registration_withInvalidId_isRefused() {
        given().when(after(1), register("..", declaration(50), by("ann")))
                .nothing()
                .refusals(VALIDATION_FAILED);
    }
}
