package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.declaration;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.HealthState;
import dev.aicore.discovery.api.shard.CallReport;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.DropDeadLetter;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.ExtendLeases;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.api.shard.ReportCalls;
import dev.aicore.discovery.api.shard.ResetPicks;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Sequence of commands to a shard. The commands of one moment may be split into batches in any way. */
record ShardScenario(List<Moment> moments) {

    static final List<String> IDS = List.of("a", "b", "c", "d", "e");

    private static final List<ObservationKind> HEARTBEATS =
            List.of(ObservationKind.RENEWED, ObservationKind.REPORTED_HEALTHY, ObservationKind.REPORTED_UNHEALTHY);
    private static final List<ObservationKind> CHECKS =
            List.of(ObservationKind.CHECK_PASSED_RENEWING, ObservationKind.CHECK_PASSED, ObservationKind.CHECK_FAILED);

    private static final List<CallReport> REPORTS =
            List.of(new CallReport(5, 0), new CallReport(0, 3), new CallReport(300, 200));

    /** Commands at one time, in order. */
    record Moment(Instant at, List<ShardCommand> items) {}

    private interface Ask {
        ShardCommand at(Instant time);
    }

    static Arbitrary<ShardScenario> any() {
        var waits = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(0, 6_000)),
                Tuple.of(3, Arbitraries.of(5_000L, 30_000L, 60_000L)),
                Tuple.of(1, Arbitraries.longs().between(0, 4_000_000)));
        var moment = Combinators.combine(waits, ask().list().ofMinSize(1).ofMaxSize(7))
                .as(Tuple::of);
        return moment.list().ofMaxSize(40).map(all -> {
            var moments = new ArrayList<Moment>();
            var now = ShardSamples.NOON;
            for (var next : all) {
                now = now.plusMillis(next.get1());
                var time = now;
                moments.add(new Moment(
                        time, next.get2().stream().map(ask -> ask.at(time)).toList()));
            }
            return new ShardScenario(moments);
        });
    }

    /** Runs the scenario, with each moment split into batches of the given sizes, repeated cyclically. */
    void playOn(ShardHarness shardHarness, List<Integer> sizes) {
        int cut = 0;
        for (var moment : moments) {
            int from = 0;
            while (from < moment.items().size()) {
                int size = sizes.get(cut++ % sizes.size());
                int to = Math.min(moment.items().size(), from + size);
                shardHarness.ask(moment.at(), moment.items().subList(from, to));
                from = to;
            }
        }
    }

    ShardScenario first(int count) {
        return new ShardScenario(moments.subList(0, Math.min(count, moments.size())));
    }

    ShardScenario from(int count) {
        return new ShardScenario(moments.subList(Math.min(count, moments.size()), moments.size()));
    }

    private static Arbitrary<Ask> ask() {
        var id = Arbitraries.of(IDS);
        var who = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(ShardSamples.by("ann"))),
                Tuple.of(1, Arbitraries.just(ShardSamples.by("bob"))),
                Tuple.of(1, Arbitraries.just(ShardSamples.by("root", "admin"))));
        return Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(id, declarations(), who).as(ShardScenario::register)),
                Tuple.of(
                        3,
                        Combinators.combine(
                                        id,
                                        Arbitraries.of(SamplePatch.class),
                                        Arbitraries.of(AdminState.class).injectNull(0.5),
                                        who)
                                .as(ShardScenario::update)),
                Tuple.of(
                        5,
                        Combinators.combine(
                                        id,
                                        Arbitraries.of(HEARTBEATS),
                                        Arbitraries.of(RenewLease.NOT_REPORTED, 0, 300),
                                        who)
                                .as(ShardScenario::renew)),
                Tuple.of(3, Combinators.combine(id, Arbitraries.of(CHECKS)).as(ShardScenario::check)),
                Tuple.of(
                        1,
                        Combinators.combine(id, who)
                                .as((of, metadata) -> time -> new DeregisterInstance(of, metadata))),
                Tuple.of(5, Combinators.combine(id.list().ofMaxSize(6), lag()).as(ShardScenario::expire)),
                Tuple.of(
                        2,
                        Combinators.combine(id.list().uniqueElements().ofMaxSize(4), who)
                                .as(ShardScenario::renewAll)),
                Tuple.of(
                        2, Combinators.combine(id, Arbitraries.of(REPORTS), who).as(ShardScenario::report)),
                Tuple.of(
                        1,
                        Combinators.combine(id, Arbitraries.of(true, false), who)
                                .as((of, on, by) -> time -> new SwitchMonitoring(of, on, by))),
                Tuple.of(1, who.map(by -> time -> new ResetPicks("orders", by))),
                Tuple.of(
                        1,
                        who.map(by -> time -> new DropDeadLetter(
                                7, "InstanceUpdated", "a", List.of("instances"), "it can't follow", by))),
                Tuple.of(1, Arbitraries.just(time -> new ExtendLeases("pause", "It stood still."))));
    }

    private static Ask register(String id, Declaration declaration, EventMetadata metadata) {
        var initial = declaration.weight() == 50 ? HealthState.STARTING : HealthState.HEALTHY;
        return time -> new RegisterInstance(id, declaration, initial, metadata);
    }

    private static Ask update(
            String id, SamplePatch samplePatch, @Nullable AdminState adminState, EventMetadata metadata) {
        return time -> ShardSamples.update(id, samplePatch.json, adminState, metadata);
    }

    private static Ask renew(String id, ObservationKind kind, int connections, EventMetadata metadata) {
        return time -> new RenewLease(id, kind, connections, time.toEpochMilli() - 5, metadata);
    }

    private static Ask renewAll(List<String> ids, EventMetadata metadata) {
        return time -> new RenewLeases(ids, time.toEpochMilli() - 5, metadata);
    }

    private static Ask check(String id, ObservationKind kind) {
        int reason = kind == ObservationKind.CHECK_FAILED ? 7 : 0;
        return time -> new RecordCheck(id, kind, reason, 3, time.toEpochMilli(), EventMetadata.ofRegistry("check"));
    }

    private static Ask report(String id, CallReport report, EventMetadata metadata) {
        return time -> new ReportCalls(id, report, time.toEpochMilli() - 5, metadata);
    }

    private static Ask expire(List<String> ids, Duration lag) {
        return time -> new ExpireLeases(ids, time.minus(lag).toEpochMilli());
    }

    private static Arbitrary<Duration> lag() {
        return Arbitraries.of(0, 0, 0, 2, 20, -20).map(Duration::ofSeconds);
    }

    private static Arbitrary<Declaration> declarations() {
        return Combinators.combine(
                        Arbitraries.of("orders", "orders", "orders", "billing"),
                        Arbitraries.of(50, 100),
                        Arbitraries.of(5, 30, 0),
                        Arbitraries.of(List.of(0, 0), List.of(1, 1), List.of(3, 2)))
                .as((service, weight, ttl, thresholds) -> declaration(
                        service,
                        weight,
                        ttl,
                        thresholds.getFirst() == 0
                                ? null
                                : ShardSamples.check(thresholds.getFirst(), thresholds.getLast())));
    }
}
