package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.expire;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static dev.aicore.discovery.command.shard.ShardSamples.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.shard.ObservationKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests with instances of about 10,000 bytes and a quota of 25,000 bytes, which permits two. */
class ByteQuotaPolicyTest {

    private static final long ENOUGH = 1_000_000;
    private static final long TWO = 25_000;
    private static final EventMetadata ANN = by("ann");
    private static final double GONE = 200;
    private static final double FORGOTTEN = GONE + 1_800 + TombstoneIndex.EXTRA_RETENTION_MILLIS / 1_000.0 + TTL;

    private final RegistryUsage registry = new RegistryUsage();

    @Test
    void registration_beyondServiceQuota_isRefused() {
        var shardHarness = play(new ByteQuotaPolicy(ENOUGH, ENOUGH, TWO, ENOUGH, registry));
        shardHarness.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", by("bob"))));
        long used = shardHarness.state.usage.bytes();
        assertThat(used).isBetween(20_000L, TWO);
        long asked = used / 2;
        assertThat(ask(shardHarness, NOON, of("c", "orders", by("cem"))))
                .isEqualTo(new Outcome.Refused(
                        ErrorCode.QUOTA_EXCEEDED,
                        "The instances of the service 'orders' use " + used + " bytes, the request needs " + asked
                                + " more, and quotas.max_bytes_per_service is 25000.",
                        List.of(new FieldError("name", "exceeds the byte quota", used + asked, "at most 25000"))));
        assertThat(ask(shardHarness, NOON, of("d", "billing", by("cem")))).isInstanceOf(Outcome.Stored.class);
        ask(shardHarness, after(1), new DeregisterInstance("a", ANN));
        assertThat(ask(shardHarness, after(2), of("c", "orders", by("cem")))).isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void principalQuota_countsAllShards() {
        var quotas = new ByteQuotaPolicy(ENOUGH, ENOUGH, ENOUGH, TWO, registry);
        var one = new ShardHarness(CheckpointPolicy.DEFAULT, rules(quotas));
        var other = new ShardHarness("shard-1", new ShardState(), CheckpointPolicy.DEFAULT, rules(quotas));
        ask(one, NOON, of("a", "orders", ANN));
        ask(other, NOON, of("b", "billing", ANN));
        assertThat(detail(ask(one, NOON, of("c", "orders", ANN))))
                .startsWith("The instances of the principal 'ann' use 2")
                .endsWith(" more, and quotas.max_bytes_per_principal is 25000.");
        assertThat(ask(one, NOON, of("c", "orders", by("bob")))).isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void shardAndRegistryQuotas_areEnforced() {
        var shard = play(new ByteQuotaPolicy(ENOUGH, TWO, ENOUGH, ENOUGH, new RegistryUsage()));
        shard.ask(NOON, List.of(of("a", "orders", ANN), of("b", "billing", ANN)));
        assertThat(detail(ask(shard, NOON, of("c", "stock", ANN))))
                .startsWith("The instances of the shard of service 'stock' use ")
                .endsWith("quotas.max_bytes_per_shard is 25000.");

        var quotas = new ByteQuotaPolicy(TWO, ENOUGH, ENOUGH, ENOUGH, registry);
        ask(
                new ShardHarness("shard-1", new ShardState(), CheckpointPolicy.DEFAULT, rules(quotas)),
                NOON,
                of("a", "orders", ANN));
        var last = play(quotas);
        ask(last, NOON, of("b", "billing", ANN));
        assertThat(detail(ask(last, NOON, of("c", "stock", ANN))))
                .startsWith("The instances of the registry use ")
                .endsWith("quotas.max_bytes is 25000.");
    }

    @Test
    void quota_appliesOnlyToGrowth() {
        var shardHarness = play(new ByteQuotaPolicy(ENOUGH, ENOUGH, TWO, ENOUGH, registry));
        shardHarness.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", ANN)));
        var more = IntStream.range(10, 13)
                .mapToObj(key -> "\"%d\":\"%s\"".formatted(key, "m".repeat(1_000)))
                .collect(Collectors.joining(",", "{\"metadata\":{", "}}"));
        assertThat(detail(ask(shardHarness, after(1), update("a", more, null, ANN))))
                .contains("needs 60");
        assertThat(detail(ask(shardHarness, after(2), register("a", declaration("orders", 8_000), ANN))))
                .contains("needs 60");
        assertThat(shardHarness.state.get("a").version).isOne();
        assertThat(ask(shardHarness, after(3), register("a", declaration("orders", 2_000), ANN)))
                .isInstanceOf(Outcome.Stored.class);
        assertThat(ask(shardHarness, after(4), register("b", declaration("orders", 8_000), ANN)))
                .isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void removedInstance_countsAndIsRevivable() {
        var shardHarness = play(new ByteQuotaPolicy(ENOUGH, ENOUGH, TWO, TWO, registry));
        shardHarness.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", ANN)));
        long used = shardHarness.state.usage.bytes();
        remove(shardHarness, "a");
        assertThat(shardHarness.state.usage.bytes()).isEqualTo(used);
        assertThat(detail(ask(shardHarness, after(GONE + 1), of("c", "orders", ANN))))
                .contains("max_bytes_per_principal");
        assertThat(ask(shardHarness, after(GONE + 2), heartbeat("a"))).isInstanceOf(Outcome.Renewed.class);
        assertThat(shardHarness.state.usage.bytes()).isEqualTo(used);
        assertThat(shardHarness.state.usage.instancesOf("ann")).isEqualTo(2);
    }

    @Test
    void forgottenInstances_freeQuota() {
        var shardHarness = play(new ByteQuotaPolicy(TWO, TWO, TWO, TWO, registry));
        shardHarness.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", ANN)));
        remove(shardHarness, "a");
        remove(shardHarness, "b");
        shardHarness.ask(after(FORGOTTEN), List.of(of("c", "orders", ANN), of("d", "orders", ANN)));
        assertThat(shardHarness.state.instances).containsOnlyKeys("c", "d");
        assertThat(shardHarness.state.usage.bytes()).isLessThan(TWO);
    }

    @Test
    void loadedShard_hasEqualUsage() {
        var shardHarness = play(new ByteQuotaPolicy(ENOUGH, ENOUGH, ENOUGH, ENOUGH, registry));
        shardHarness.ask(
                NOON, List.of(of("a", "orders", ANN), of("b", "billing", by("anonymous")), of("c", "stock", ANN)));
        ask(shardHarness, after(1), heartbeat("b"));
        ask(shardHarness, after(2), register("c", declaration("stock", 3_000), ANN));
        remove(shardHarness, "a");
        var replayed = ShardHarness.fold(new ShardState(), shardHarness.events).usage;
        var decoded = ShardSnapshotCodec.decode(
                        ShardSnapshotCodec.encode(new RegistryShard(ShardSamples.SHARD, shardHarness.state)))
                .state()
                .usage;
        for (var usage : List.of(replayed, decoded)) {
            assertThat(usage.bytes()).isEqualTo(shardHarness.state.usage.bytes());
            assertThat(usage.bytesOf("ann")).isEqualTo(shardHarness.state.usage.bytesOf("ann"));
            assertThat(usage.bytesOf("anonymous")).isZero();
            assertThat(usage.bytesOfService("orders")).isGreaterThan(10_000);
        }
    }

    @Test
    void unownedInstance_beyondQuota_isRenewedWithoutAdoption() {
        var shardHarness = play(new ByteQuotaPolicy(ENOUGH, ENOUGH, ENOUGH, TWO, registry));
        var nobody = by("anonymous", "admin");
        shardHarness.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", nobody), of("c", "orders", nobody)));
        var more = new RegisterInstance("b", declaration("orders", 7_000), HealthState.HEALTHY, false, null, ANN);
        assertThat(detail(ask(shardHarness, after(1), more)))
                .startsWith("The instances of the principal 'ann' use 10")
                .contains(", the request needs 14");
        assertThat(shardHarness.state.get("b").owner).isEqualTo("anonymous");

        assertThat(ask(shardHarness, after(2), renewal("b"))).isInstanceOf(Outcome.Renewed.class);
        assertThat(ask(shardHarness, after(3), renewal("c"))).isInstanceOf(Outcome.Renewed.class);
        assertThat(shardHarness.state.get("b").owner).isEqualTo("ann");
        assertThat(shardHarness.state.get("c").owner).isEqualTo("anonymous");
        assertThat(shardHarness.state.usage.bytesOf("ann")).isLessThan(TWO);
        ask(shardHarness, after(4), new DeregisterInstance("a", ANN));
        assertThat(ask(shardHarness, after(5), of("c", "orders", ANN))).isInstanceOf(Outcome.Stored.class);
        assertThat(shardHarness.state.get("c").owner).isEqualTo("ann");
    }

    private static ShardCommand renewal(String id) {
        return new RenewLease(id, ObservationKind.RENEWED, NOON.toEpochMilli(), ANN);
    }

    private static void remove(ShardHarness shardHarness, String id) {
        ask(shardHarness, after(TTL + 1), expire(after(TTL + 1), id));
        ask(shardHarness, after(GONE), expire(after(GONE), id));
        assertThat(shardHarness.state.find(id)).isNull();
    }

    private static ShardHarness play(ByteQuotaPolicy quotas) {
        return new ShardHarness(CheckpointPolicy.DEFAULT, rules(quotas));
    }

    private static ShardPolicies rules(ByteQuotaPolicy quotas) {
        var lone = ShardHarness.LONE;
        return new ShardPolicies(
                lone.leases(), lone.cap(), lone.damping(), lone.breaker(), new InstanceQuotaPolicy(100, 100, quotas));
    }

    private static ShardCommand of(String id, String service, EventMetadata metadata) {
        return register(id, declaration(service, 5_000), metadata);
    }

    private static Declaration declaration(String service, int metadata) {
        return new Declaration(
                service,
                "1.0.0",
                "10.0.0.1",
                8080,
                "http",
                100,
                TTL,
                null,
                IntStream.range(0, metadata / 1_000)
                        .boxed()
                        .collect(Collectors.toMap(key -> Integer.toString(key), _ -> "x".repeat(1_000))),
                List.of(),
                "");
    }

    private static Outcome ask(ShardHarness shardHarness, Instant at, ShardCommand command) {
        shardHarness.ask(at, List.of(command));
        return shardHarness.answered.getLast().settled().outcome();
    }

    private static String detail(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).detail();
    }
}
