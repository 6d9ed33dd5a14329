package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.EurekaBuild;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Measures the CPU of an idle server, and of one that receives ten requests per second; one server after the other. */
final class IdleScenario {

    private static final String NAME = "idle";

    /** First weight, above those of the warm-up, so that each request is a change. */
    private static final int FIRST_WEIGHT = 10_000;

    private final BenchContext benchContext;
    private final ScenarioTable scenarioTable = new ScenarioTable(NAME, "% of a core", MachineInfo.loadAverage());
    private final IdleCpuMeter cpu;

    private IdleScenario(BenchContext benchContext, Duration round) {
        this.benchContext = benchContext;
        this.cpu = new IdleCpuMeter(benchContext.options().rounds(), round, scenarioTable);
    }

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        var idleScenario = new IdleScenario(benchContext, benchContext.options().round(seconds));
        if (benchContext.etcd().isPresent()) {
            idleScenario.etcd();
        }
        if (benchContext.eureka().isPresent()) {
            idleScenario.eureka(benchContext.eureka().get());
        }
        idleScenario.measureRegistry();
        return idleScenario.scenarioTable.rows();
    }

    private void etcd() throws Exception {
        int instances = benchContext.size().quiet().instances();
        try (var etcd = EtcdProcess.start(instances)) {
            var all = etcd.population();
            cpu.measure(
                    "etcd",
                    false,
                    etcd.port(),
                    CpuPart.of(etcd.process().toHandle()),
                    List.of(
                            LowRateLoad.nothing(0),
                            LowRateLoad.of("reads", i -> all.read(i % instances), 0),
                            LowRateLoad.of("puts", i -> all.update(i % instances, FIRST_WEIGHT + i), 0)));
        }
    }

    private void eureka(EurekaBuild build) throws Exception {
        var shape = benchContext.size().quiet();
        try (var eureka = EurekaProcess.start(build, shape)) {
            var all = eureka.population();
            warmUp(
                    List.of(all.discoveries(), all.heartbeats()),
                    all,
                    requestCycle -> eureka.contestant("", requestCycle));
            cpu.measure(
                    "Eureka",
                    false,
                    eureka.port(),
                    CpuPart.of(eureka.process().toHandle()),
                    List.of(
                            LowRateLoad.nothing(0),
                            LowRateLoad.of(
                                    "discoveries", i -> RequestCycle.get(all.discovery(i % shape.services())), 0),
                            LowRateLoad.of("heartbeats", i -> all.heartbeat(i % shape.instances()), 0),
                            LowRateLoad.of("changes", i -> all.update(i % shape.instances(), FIRST_WEIGHT + i), 0)));
        }
    }

    private void measureRegistry() throws Exception {
        var shape = benchContext.size().quiet();
        int limit = benchContext.size().limit();
        try (var registry = RegistryServer.start(benchContext, shape)) {
            var all = registry.population();
            warmUp(
                    List.of(all.discoveries(DiscoverPopulation.DISCOVER, limit), all.heartbeats()),
                    all,
                    requestCycle -> registry.contestant("", requestCycle));
            cpu.measure(
                    "ours",
                    true,
                    registry.server().port(),
                    CpuPart.of(registry),
                    List.of(
                            LowRateLoad.nothing(1),
                            LowRateLoad.of(
                                    "discoveries",
                                    i -> RequestCycle.get(
                                            all.discovery(DiscoverPopulation.DISCOVER, i % shape.services(), limit)),
                                    1),
                            LowRateLoad.of("heartbeats", i -> all.heartbeat(i % shape.instances()), 2),
                            LowRateLoad.of(
                                            "changes",
                                            i -> all.update(
                                                    i % shape.instances(), FIRST_WEIGHT + i / shape.instances()),
                                            3)
                                    .within(2)));
        }
    }

    /** Warms up until the compilers are idle, so that the permanent CPU usage remains. */
    private void warmUp(
            List<RequestCycle> requests,
            InstanceRequestFactory all,
            Function<RequestCycle, BenchmarkedServer> contestant)
            throws Exception {
        for (var each : requests) {
            LoadRun.closed(benchContext, ReadScenario.CONNECTIONS).warmUp(benchContext, contestant.apply(each));
        }
        new UpdateLoad(all, benchContext.size().quiet().instances(), ReadScenario.CONNECTIONS, new BuiltInGenerator())
                .warmUp(benchContext, contestant.apply(requests.getFirst()));
        Sleeper.during(Duration.ofSeconds(benchContext.size().idleSeconds()));
    }
}
