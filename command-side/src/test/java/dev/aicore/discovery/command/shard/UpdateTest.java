package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.INSTANCE_DEREGISTERED;
import static dev.aicore.discovery.api.error.ErrorCode.NAME_IMMUTABLE;
import static dev.aicore.discovery.api.error.ErrorCode.OWNED_BY_ANOTHER;
import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_FIELD;
import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.api.error.ErrorCode.VALIDATION_FAILED;
import static dev.aicore.discovery.command.shard.Samples.GRACE_PERIOD;
import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.TTL;
import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.check;
import static dev.aicore.discovery.command.shard.Samples.declaration;
import static dev.aicore.discovery.command.shard.Samples.expire;
import static dev.aicore.discovery.command.shard.Samples.expired;
import static dev.aicore.discovery.command.shard.Samples.heartbeat;
import static dev.aicore.discovery.command.shard.Samples.maintained;
import static dev.aicore.discovery.command.shard.Samples.observed;
import static dev.aicore.discovery.command.shard.Samples.register;
import static dev.aicore.discovery.command.shard.Samples.registered;
import static dev.aicore.discovery.command.shard.Samples.removed;
import static dev.aicore.discovery.command.shard.Samples.update;
import static dev.aicore.discovery.command.shard.Samples.updated;
import static dev.aicore.discovery.command.shard.ShardFixture.given;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Lease.Phase;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import dev.aicore.discovery.api.shard.Precondition;
import dev.aicore.discovery.api.shard.Settled;
import dev.aicore.discovery.api.shard.UpdateInstance;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateTest {

    private static final String LIGHTER = "{\"weight\":50}";

    @Test
    void maintenanceAndAWeightAreOneFact() {
        given(registered("a", 0))
                .when(after(10), update("a", LIGHTER, Declared.MAINTENANCE, by("ann")))
                .events(updated(
                        "a",
                        2,
                        declaration(50),
                        Declared.MAINTENANCE,
                        List.of("status", "weight"),
                        after(10),
                        by("ann")))
                .answers(live(Change.UPDATED, 2, declaration(50), Declared.MAINTENANCE, after(10), after(10), 0));
    }

    @Test
    void whatIsSoAlreadyIsNoFact() {
        given(registered("a", 0), maintained("a"))
                .when(after(10), update("a", "{\"weight\":100}", Declared.MAINTENANCE, by("ann")))
                .nothing()
                .answers(live(Change.UNCHANGED, 2, declaration(100), Declared.MAINTENANCE, after(1), after(1), -1));
        given(registered("a", 0))
                .when(after(10), update("a", "{}", null, by("ann")))
                .nothing();
    }

    @Test
    void whatIsNotNamedStaysAndNullIsAsIfItWasNeverSaid() {
        var before = declaration("orders", 50, 5, check(3, 2));
        var after = declaration("orders", 100, 5, null);
        given(registered("a", 0, before))
                .when(after(1), update("a", "{\"weight\":null,\"health_check\":null}", null, by("ann")))
                .events(updated(
                        "a", 2, after, Declared.ACTIVE, List.of("weight", "health_check"), after(1), by("ann")));
    }

    @Test
    void anotherPrincipalIsRefused() {
        given(registered("a", 0))
                .when(after(1), update("a", LIGHTER, Declared.MAINTENANCE, by("bob")))
                .nothing()
                .refusals(OWNED_BY_ANOTHER);
    }

    @Test
    void anAdminMayAndItStaysItsOwners() {
        given(registered("a", 0))
                .when(after(1), update("a", "{}", Declared.DRAINING, by("root", "admin")))
                .events(updated(
                        "a", 2, declaration(100), Declared.DRAINING, List.of("status"), after(1), by("root", "admin")))
                .answers(live(Change.UPDATED, 2, declaration(100), Declared.DRAINING, after(1), after(1), 0));
    }

    @Test
    void theNameNeverChanges() {
        given(registered("a", 0))
                .when(after(1), named("billing"), named("orders"))
                .events(updated("a", 2, declaration(50), Declared.ACTIVE, List.of("weight"), after(1), by("ann")));
        given(registered("a", 0)).when(after(1), named("billing")).nothing().refusals(NAME_IMMUTABLE);
    }

    @Test
    void whatNobodyCouldRegisterIsRefused() {
        given(registered("a", 0, declaration("orders", 100, 0, check(3, 2))))
                .when(
                        after(1),
                        update("a", "{\"health_check\":null}", null, by("ann")),
                        update("a", "{\"address\":null}", null, by("ann")),
                        update("a", "{\"metadata\":{\"k\":1}}", null, by("ann")),
                        update("a", "{\"health_check\":{\"period\":1}}", null, by("ann")))
                .nothing()
                .refusals(VALIDATION_FAILED, VALIDATION_FAILED, VALIDATION_FAILED, UNKNOWN_FIELD);
    }

    @Test
    void whoIsNotThereCanNotBeUpdated() {
        var asked = update("a", LIGHTER, null, by("ann"));
        given().when(NOON, asked).nothing().refusals(UNKNOWN_INSTANCE);
        given(registered("a", 0), expired("a"), removed("a"))
                .when(after(100), asked)
                .nothing()
                .refusals(UNKNOWN_INSTANCE);
        given(registered("a", 0), new InstanceDeregistered("a", "orders", after(5), by("ann")))
                .when(after(6), asked)
                .nothing()
                .refusals(INSTANCE_DEREGISTERED);
    }

    @Test
    void anUpdateRenewsALiveLease() {
        given(registered("a", 0))
                .after(after(20), update("a", LIGHTER, null, by("ann")))
                .when(after(TTL), expire(after(TTL), "a"))
                .nothing()
                .leases(new Lease("a", 0, Phase.LIVE, after(20 + TTL).toEpochMilli()));
    }

    @Test
    void anUpdateBringsNoExpiredOneBackNorPutsItsRemovalOff() {
        var removal = after(TTL).plus(GRACE_PERIOD);
        given(registered("a", 0), expired("a"))
                .when(after(40), update("a", "{}", Declared.MAINTENANCE, by("ann")))
                .events(updated(
                        "a", 2, declaration(100), Declared.MAINTENANCE, List.of("status"), after(40), by("ann")))
                .answers(new Settled(
                        new Outcome.Held(
                                Change.UPDATED,
                                "ann",
                                2,
                                declaration(100),
                                state(Declared.MAINTENANCE, LeaseState.EXPIRED),
                                NOON,
                                after(40),
                                NOON,
                                new Lease("a", 0, Phase.EXPIRED, removal.toEpochMilli())),
                        0));
        given(registered("a", 0), expired("a"))
                .after(after(40), update("a", "{}", Declared.MAINTENANCE, by("ann")))
                .when(removal, expire(removal, "a"))
                .events(removed("a"));
    }

    @Test
    void aHeartbeatAfterRemovalKeepsMaintenance() {
        given(registered("a", 0), maintained("a"), expired("a"), removed("a"))
                .after(after(100), heartbeat("a"))
                .when(after(101), update("a", "{}", null, by("ann")))
                .nothing()
                .answers(new Settled(
                        held(Change.UNCHANGED, 2, declaration(100), Declared.MAINTENANCE, after(100), after(100), 1),
                        -1));
    }

    @Test
    void registeringAgainKeepsMaintenance() {
        given(registered("a", 0), maintained("a"))
                .when(after(10), register("a", declaration(50), by("ann")))
                .events(updated(
                        "a", 3, declaration(50), Declared.MAINTENANCE, List.of("weight"), after(10), by("ann")));
        given(registered("a", 0), maintained("a"), expired("a"), removed("a"))
                .when(after(100), register("a", declaration(50), by("ann")))
                .events(
                        new InstanceRevived(
                                "a", 1, 0, 2, declaration(100), after(100), "It registered again.", by("ann")),
                        updated(
                                "a",
                                3,
                                declaration(50),
                                Declared.MAINTENANCE,
                                List.of("weight"),
                                after(100),
                                by("ann")));
    }

    @Test
    void whatWasHeardEarlierInTheBatchComesFirst() {
        given(registered("a", 0))
                .when(after(10), heartbeat("a"), update("a", LIGHTER, null, by("ann")))
                .events(
                        observed(after(10), 0, ObservationKind.RENEWED),
                        updated("a", 2, declaration(50), Declared.ACTIVE, List.of("weight"), after(10), by("ann")));
    }

    private static UpdateInstance named(String name) {
        return new UpdateInstance("a", name, LIGHTER, null, Precondition.NONE, by("ann"));
    }

    private static InstanceState state(Declared declared, LeaseState lease) {
        return new InstanceState(declared, lease, Health.HEALTHY, Breaker.CLOSED);
    }

    private static Settled live(
            Change change,
            int version,
            Declaration declaration,
            Declared declared,
            Instant changed,
            Instant heard,
            int event) {
        return new Settled(held(change, version, declaration, declared, changed, heard, 0), event);
    }

    private static Outcome held(
            Change change,
            int version,
            Declaration declaration,
            Declared declared,
            Instant changed,
            Instant heard,
            int slot) {
        return new Outcome.Held(
                change,
                "ann",
                version,
                declaration,
                state(declared, LeaseState.LIVE),
                NOON,
                changed,
                heard,
                new Lease("a", slot, Phase.LIVE, heard.plusSeconds(TTL).toEpochMilli()));
    }
}
