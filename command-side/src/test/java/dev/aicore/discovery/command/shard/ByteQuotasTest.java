package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.TTL;
import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.expire;
import static dev.aicore.discovery.command.shard.Samples.heartbeat;
import static dev.aicore.discovery.command.shard.Samples.register;
import static dev.aicore.discovery.command.shard.Samples.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Instances of some 10,000 bytes each, where 25,000 are allowed: two fit. */
class ByteQuotasTest {

    private static final long ENOUGH = 1_000_000;
    private static final long TWO = 25_000;
    private static final Envelope ANN = by("ann");
    private static final double GONE = 200;
    private static final double FORGOTTEN = GONE + 1_800 + Tombstones.REMEMBER_LONGER_MILLIS / 1_000.0 + TTL;

    private final RegistryUsage registry = new RegistryUsage();

    @Test
    void aThirdOfAServiceIsRefusedWithWhatIsUsedAskedAndAllowed() {
        var play = play(new ByteQuotas(ENOUGH, ENOUGH, TWO, ENOUGH, registry));
        play.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", by("bob"))));
        long used = play.state.usage.bytes();
        assertThat(used).isBetween(20_000L, TWO);
        long asked = used / 2;
        assertThat(ask(play, NOON, of("c", "orders", by("cem"))))
                .isEqualTo(new Outcome.Refused(
                        ErrorCode.QUOTA_EXCEEDED,
                        "The instances of the service 'orders' take " + used + " bytes, this asks for " + asked
                                + " more, and quotas.max_bytes_per_service is 25000.",
                        List.of(new FieldError(
                                "name", "would take more bytes than it may", used + asked, "at most 25000"))));
        assertThat(ask(play, NOON, of("d", "billing", by("cem")))).isInstanceOf(Outcome.Held.class);
        ask(play, after(1), new DeregisterInstance("a", ANN));
        assertThat(ask(play, after(2), of("c", "orders", by("cem")))).isInstanceOf(Outcome.Held.class);
    }

    @Test
    void whatAPrincipalHasInAllShardsCountsTogether() {
        var quotas = new ByteQuotas(ENOUGH, ENOUGH, ENOUGH, TWO, registry);
        var one = new Play(Checkpointing.USUAL, rules(quotas));
        var other = new Play("shard-1", new ShardState(), Checkpointing.USUAL, rules(quotas));
        ask(one, NOON, of("a", "orders", ANN));
        ask(other, NOON, of("b", "billing", ANN));
        assertThat(detail(ask(one, NOON, of("c", "orders", ANN))))
                .startsWith("The instances of the principal 'ann' take 2")
                .endsWith(" more, and quotas.max_bytes_per_principal is 25000.");
        assertThat(ask(one, NOON, of("c", "orders", by("bob")))).isInstanceOf(Outcome.Held.class);
    }

    @Test
    void aShardAndTheWholeRegistryAreBounded() {
        var shard = play(new ByteQuotas(ENOUGH, TWO, ENOUGH, ENOUGH, new RegistryUsage()));
        shard.ask(NOON, List.of(of("a", "orders", ANN), of("b", "billing", ANN)));
        assertThat(detail(ask(shard, NOON, of("c", "stock", ANN))))
                .startsWith("The instances of the shard of service 'stock' take ")
                .endsWith("quotas.max_bytes_per_shard is 25000.");

        var quotas = new ByteQuotas(TWO, ENOUGH, ENOUGH, ENOUGH, registry);
        ask(new Play("shard-1", new ShardState(), Checkpointing.USUAL, rules(quotas)), NOON, of("a", "orders", ANN));
        var last = play(quotas);
        ask(last, NOON, of("b", "billing", ANN));
        assertThat(detail(ask(last, NOON, of("c", "stock", ANN))))
                .startsWith("The instances of the registry take ")
                .endsWith("quotas.max_bytes is 25000.");
    }

    @Test
    void whoSaysMoreIsAskedForItAndWhoSaysLessNever() {
        var play = play(new ByteQuotas(ENOUGH, ENOUGH, TWO, ENOUGH, registry));
        play.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", ANN)));
        var more = IntStream.range(10, 13)
                .mapToObj(key -> "\"%d\":\"%s\"".formatted(key, "m".repeat(1_000)))
                .collect(Collectors.joining(",", "{\"metadata\":{", "}}"));
        assertThat(detail(ask(play, after(1), update("a", more, null, ANN)))).contains("asks for 60");
        assertThat(detail(ask(play, after(2), register("a", declaration("orders", 8_000), ANN))))
                .contains("asks for 60");
        assertThat(play.state.get("a").version).isOne();
        assertThat(ask(play, after(3), register("a", declaration("orders", 2_000), ANN)))
                .isInstanceOf(Outcome.Held.class);
        assertThat(ask(play, after(4), register("b", declaration("orders", 8_000), ANN)))
                .isInstanceOf(Outcome.Held.class);
    }

    @Test
    void whatMayComeBackCountsAndComesBack() {
        var play = play(new ByteQuotas(ENOUGH, ENOUGH, TWO, TWO, registry));
        play.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", ANN)));
        long used = play.state.usage.bytes();
        remove(play, "a");
        assertThat(play.state.usage.bytes()).isEqualTo(used);
        assertThat(detail(ask(play, after(GONE + 1), of("c", "orders", ANN)))).contains("max_bytes_per_principal");
        assertThat(ask(play, after(GONE + 2), heartbeat("a"))).isInstanceOf(Outcome.Renewed.class);
        assertThat(play.state.usage.bytes()).isEqualTo(used);
        assertThat(play.state.usage.instancesOf("ann")).isEqualTo(2);
    }

    @Test
    void whatCanComeBackNoMoreGivesWay() {
        var play = play(new ByteQuotas(TWO, TWO, TWO, TWO, registry));
        play.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", ANN)));
        remove(play, "a");
        remove(play, "b");
        play.ask(after(FORGOTTEN), List.of(of("c", "orders", ANN), of("d", "orders", ANN)));
        assertThat(play.state.present).containsOnlyKeys("c", "d");
        assertThat(play.state.usage.bytes()).isLessThan(TWO);
    }

    @Test
    void aShardThatIsLoadedCountsTheSame() {
        var play = play(new ByteQuotas(ENOUGH, ENOUGH, ENOUGH, ENOUGH, registry));
        play.ask(NOON, List.of(of("a", "orders", ANN), of("b", "billing", by("anonymous")), of("c", "stock", ANN)));
        ask(play, after(1), heartbeat("b"));
        ask(play, after(2), register("c", declaration("stock", 3_000), ANN));
        remove(play, "a");
        var replayed = Play.fold(new ShardState(), play.events).usage;
        var decoded = ShardSnapshot.decode(ShardSnapshot.encode(new RegistryShard(Samples.SHARD, play.state)))
                .state()
                .usage;
        for (var usage : List.of(replayed, decoded)) {
            assertThat(usage.bytes()).isEqualTo(play.state.usage.bytes());
            assertThat(usage.bytesOf("ann")).isEqualTo(play.state.usage.bytesOf("ann"));
            assertThat(usage.bytesOf("anonymous")).isZero();
            assertThat(usage.bytesOfService("orders")).isGreaterThan(10_000);
        }
    }

    @Test
    void whatNobodyOwnsIsAdoptedAsFarAsTheQuotaGoesAndHeardInAnyCase() {
        var play = play(new ByteQuotas(ENOUGH, ENOUGH, ENOUGH, TWO, registry));
        var nobody = by("anonymous", "admin");
        play.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", nobody), of("c", "orders", nobody)));
        var more = new RegisterInstance("b", declaration("orders", 7_000), Health.HEALTHY, false, null, ANN);
        assertThat(detail(ask(play, after(1), more)))
                .startsWith("The instances of the principal 'ann' take 10")
                .contains(", this asks for 14");
        assertThat(play.state.get("b").owner).isEqualTo("anonymous");

        assertThat(ask(play, after(2), renewal("b"))).isInstanceOf(Outcome.Renewed.class);
        assertThat(ask(play, after(3), renewal("c"))).isInstanceOf(Outcome.Renewed.class);
        assertThat(play.state.get("b").owner).isEqualTo("ann");
        assertThat(play.state.get("c").owner).isEqualTo("anonymous");
        assertThat(play.state.usage.bytesOf("ann")).isLessThan(TWO);
        ask(play, after(4), new DeregisterInstance("a", ANN));
        assertThat(ask(play, after(5), of("c", "orders", ANN))).isInstanceOf(Outcome.Held.class);
        assertThat(play.state.get("c").owner).isEqualTo("ann");
    }

    private static Item renewal(String id) {
        return new RenewLease(id, ObservationKind.RENEWED, NOON.toEpochMilli(), ANN);
    }

    private static void remove(Play play, String id) {
        ask(play, after(TTL + 1), expire(after(TTL + 1), id));
        ask(play, after(GONE), expire(after(GONE), id));
        assertThat(play.state.find(id)).isNull();
    }

    private static Play play(ByteQuotas quotas) {
        return new Play(Checkpointing.USUAL, rules(quotas));
    }

    private static Rules rules(ByteQuotas quotas) {
        var lone = Play.LONE;
        return new Rules(lone.leases(), lone.cap(), lone.damping(), lone.breaker(), new Quotas(100, 100, quotas));
    }

    private static Item of(String id, String service, Envelope by) {
        return register(id, declaration(service, 5_000), by);
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

    private static Outcome ask(Play play, Instant at, Item item) {
        play.ask(at, List.of(item));
        return play.answered.getLast().settled().outcome();
    }

    private static String detail(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).detail();
    }
}
