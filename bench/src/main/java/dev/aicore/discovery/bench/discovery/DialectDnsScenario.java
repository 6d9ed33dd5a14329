package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.dns.DnsLoad;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.ProcessCpuTime;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Type;

/** Measures DNS answers with three addresses per second of the server's CPU time. */
final class DialectDnsScenario {

    private static final String NAME = "dns";
    private static final String SERVICE = "dns-bench";
    private static final int INSTANCES = 3;
    private static final int IN_FLIGHT = 64;
    private static final double MIN_PER_CORE = 30_000;

    private DialectDnsScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds, DialectRegistry dialects)
            throws Exception {
        var round = benchContext.options().round(seconds);
        var load = MachineInfo.loadAverage();
        dialects.register(SERVICE, INSTANCES);
        try (var client = new DnsLoad(dialects.dnsPort(), SERVICE + ".service.consul", Type.A)) {
            client.run(IN_FLIGHT, round); // warms up
            var perCore = new ArrayList<Double>();
            for (int i = 0; i < benchContext.options().rounds(); i++) {
                perCore.add(perCore(dialects, client, round));
            }
            var figure = RoundStatistics.of(perCore, Double::doubleValue);
            var scenarioTable =
                    new ScenarioTable(NAME, "answers/s of one core", load + " to " + MachineInfo.loadAverage());
            scenarioTable.add(
                    "A, %d addresses".formatted(INSTANCES),
                    true,
                    figure,
                    new Threshold("≥ %,.0f/s".formatted(MIN_PER_CORE), figure.median() >= MIN_PER_CORE));
            return scenarioTable.rows();
        }
    }

    private static double perCore(DialectRegistry dialects, DnsLoad client, Duration duration) throws IOException {
        var server = dialects.registry().server().process();
        long cpu = ProcessCpuTime.nanos(server);
        var answers = client.run(IN_FLIGHT, duration).round();
        if (answers.errors() > 0) {
            throw new IllegalStateException(answers.errors() + " DNS queries failed.");
        }
        return answers.answers() / ((ProcessCpuTime.nanos(server) - cpu) / 1e9);
    }
}
