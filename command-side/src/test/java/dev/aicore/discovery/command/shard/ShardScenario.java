package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.declaration;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.deadletter.DropDeadLetter;
import dev.aicore.discovery.api.discovery.ResetPicks;
import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.testing.Generator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sequence of commands to a shard. The commands of one moment may be split into batches in any way. */
record ShardScenario(List<Moment> moments) {

    static final List<String> IDS = List.of("a", "b", "c", "d", "e");

    private static final Generator<ObservationKind> HEARTBEATS = Generator.oneOf(
            ObservationKind.RENEWED, ObservationKind.REPORTED_HEALTHY, ObservationKind.REPORTED_UNHEALTHY);
    private static final Generator<ObservationKind> CHECKS = Generator.oneOf(
            ObservationKind.CHECK_PASSED_RENEWING, ObservationKind.CHECK_PASSED, ObservationKind.CHECK_FAILED);
    private static final Generator<CallReport> REPORTS =
            Generator.oneOf(new CallReport(5, 0), new CallReport(0, 3), new CallReport(300, 200));
    private static final Generator<Integer> CONNECTIONS = Generator.oneOf(RenewLease.NOT_REPORTED, 0, 300);
    private static final Generator<SamplePatch> PATCHES = Generator.oneOf(SamplePatch.values());
    private static final Generator<AdminState> ADMIN_STATES = Generator.oneOf(AdminState.values());
    private static final Generator<Duration> LAGS =
            Generator.oneOf(0, 0, 0, 2, 20, -20).map(Duration::ofSeconds);
    private static final Generator<String> ID = Generator.oneOf(IDS);
    private static final Generator<List<String>> EXPIRED_IDS = ID.list(0, 6);
    private static final Generator<List<String>> RENEWED_IDS =
            ID.list(0, 4).map(ids -> ids.stream().distinct().toList());
    private static final Generator<EventMetadata> WHO = Generator.frequency(
            Map.entry(6, _ -> ShardSamples.by("ann")),
            Map.entry(1, _ -> ShardSamples.by("bob")),
            Map.entry(1, _ -> ShardSamples.by("root", "admin")));
    private static final Generator<Long> WAITS = Generator.frequency(
            Map.entry(4, Generator.longBetween(0, 6_000)),
            Map.entry(3, Generator.oneOf(5_000L, 30_000L, 60_000L)),
            Map.entry(1, Generator.longBetween(0, 4_000_000)));
    private static final Generator<Integer> COUNTS = Generator.intBetween(0, 40);
    private static final Generator<Declaration> DECLARATIONS = declarations();
    private static final Generator<List<Ask>> ASKS = asks().list(1, 7);

    /** Commands at one time, in order. */
    record Moment(Instant at, List<ShardCommand> items) {}

    private interface Ask {
        ShardCommand at(Instant time);
    }

    /** Returns a generator of scenarios of up to 40 moments with one to seven commands each. */
    static Generator<ShardScenario> any() {
        return random -> {
            var moments = new ArrayList<Moment>();
            var now = ShardSamples.NOON;
            int count = COUNTS.generate(random);
            for (int i = 0; i < count; i++) {
                now = now.plusMillis(WAITS.generate(random));
                var time = now;
                moments.add(new Moment(
                        time,
                        ASKS.generate(random).stream().map(ask -> ask.at(time)).toList()));
            }
            return new ShardScenario(moments);
        };
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

    private static Generator<Ask> asks() {
        return Generator.frequency(
                Map.entry(
                        4,
                        random -> register(ID.generate(random), DECLARATIONS.generate(random), WHO.generate(random))),
                Map.entry(
                        3,
                        random -> update(
                                ID.generate(random),
                                PATCHES.generate(random),
                                random.nextBoolean() ? null : ADMIN_STATES.generate(random),
                                WHO.generate(random))),
                Map.entry(
                        5,
                        random -> renew(
                                ID.generate(random),
                                HEARTBEATS.generate(random),
                                CONNECTIONS.generate(random),
                                WHO.generate(random))),
                Map.entry(3, random -> check(ID.generate(random), CHECKS.generate(random))),
                Map.entry(1, random -> deregister(ID.generate(random), WHO.generate(random))),
                Map.entry(5, random -> expire(EXPIRED_IDS.generate(random), LAGS.generate(random))),
                Map.entry(2, random -> renewAll(RENEWED_IDS.generate(random), WHO.generate(random))),
                Map.entry(2, random -> report(ID.generate(random), REPORTS.generate(random), WHO.generate(random))),
                Map.entry(1, random -> monitor(ID.generate(random), random.nextBoolean(), WHO.generate(random))),
                Map.entry(1, random -> resetPicks(WHO.generate(random))),
                Map.entry(1, random -> dropDeadLetter(WHO.generate(random))),
                Map.entry(1, _ -> _ -> new ExtendLeases("pause", "It stood still.")));
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

    private static Ask deregister(String id, EventMetadata metadata) {
        return _ -> new DeregisterInstance(id, metadata);
    }

    private static Ask monitor(String id, boolean on, EventMetadata metadata) {
        return _ -> new SwitchMonitoring(id, on, metadata);
    }

    private static Ask resetPicks(EventMetadata metadata) {
        return _ -> new ResetPicks("orders", metadata);
    }

    private static Ask dropDeadLetter(EventMetadata metadata) {
        return _ -> new DropDeadLetter(7, "InstanceUpdated", "a", List.of("instances"), "it can't follow", metadata);
    }

    private static Ask expire(List<String> ids, Duration lag) {
        return time -> new ExpireLeases(ids, time.minus(lag).toEpochMilli());
    }

    private static Generator<Declaration> declarations() {
        var services = Generator.oneOf("orders", "orders", "orders", "billing");
        var weights = Generator.oneOf(50, 100);
        var ttls = Generator.oneOf(5, 30, 0);
        var thresholds = Generator.oneOf(0, 1, 3);
        return random -> {
            int failures = thresholds.generate(random);
            return declaration(
                    services.generate(random),
                    weights.generate(random),
                    ttls.generate(random),
                    failures == 0 ? null : ShardSamples.check(failures, failures == 1 ? 1 : 2));
        };
    }
}
