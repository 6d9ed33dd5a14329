package dev.aicore.discovery.bench.dns;

import dev.aicore.discovery.bench.load.LatencySamples;
import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.CommandLineArguments;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.PortFinder;
import dev.aicore.discovery.bench.rig.ProcessCpuTime;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import dev.aicore.discovery.bench.rig.TempDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Type;

/** Runs {@code ./registry bench dns [SECONDS]}. */
public final class DnsBench {

    private static final int USUAL_SECONDS = 10;
    private static final int IN_FLIGHT = 64;
    private static final int CHANGES = 200;
    private static final List<Integer> SIZES = List.of(3, 60);

    private DnsBench() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        var duration =
                Duration.ofSeconds(arguments.length > 0 ? CommandLineArguments.number(arguments, 0) : USUAL_SECONDS);
        System.err.println("Takes about " + (30 + 10 * duration.toSeconds()) + " s.");
        var load = MachineInfo.loadAverage();
        int port = PortFinder.freePort();
        try (var directory = TempDirectory.make();
                var server = RegistryProcess.launch(
                        directory.directory(),
                        directory.directory().resolve("registry.aot"),
                        List.of("--service-discovery.dns.port=" + port))) {
            server.secondsToReady();
            try (var http = new BenchHttpClient(server.port())) {
                System.out.println(
                        "| query | in flight | answers/s of one core | answers/s | p50 ms | p99 ms | errors |");
                System.out.println("|---|---|---|---|---|---|---|");
                for (int size : SIZES) {
                    var service = "bench-" + size;
                    register(http, service, size);
                    for (int type : List.of(Type.A, Type.SRV)) {
                        measure(server, port, service, type, IN_FLIGHT, duration);
                    }
                    measure(server, port, service, Type.A, 1, duration);
                }
                measureChanges(http, port);
            }
        }
        System.out.println(MachineInfo.words() + "; load " + load + " to " + MachineInfo.loadAverage());
    }

    private static void measure(
            RegistryProcess server, int port, String service, int type, int inFlight, Duration duration)
            throws IOException {
        try (var client = new DnsLoad(port, service + ".service.consul", type)) {
            client.run(inFlight, duration); // warms up
            long cpu = ProcessCpuTime.nanos(server.process());
            long begin = System.nanoTime();
            var round = client.run(inFlight, duration).round();
            double seconds = (System.nanoTime() - begin) / 1e9;
            double cpuSeconds = (ProcessCpuTime.nanos(server.process()) - cpu) / 1e9;
            System.out.printf(
                    "| %s of %s | %d | %,.0f | %,.0f | %.2f | %.2f | %d |%n",
                    Type.string(type),
                    service,
                    inFlight,
                    round.answers() / cpuSeconds,
                    round.answers() / seconds,
                    round.p50Millis(),
                    round.p99Millis(),
                    round.errors());
        }
    }

    /** Measures the time from a request that changes an instance until an answer reflects it. */
    private static void measureChanges(BenchHttpClient http, int port) throws IOException, InterruptedException {
        register(http, "bench-change", 2);
        var delays = new LatencySamples();
        try (var client = new DnsLoad(port, "bench-change.service.consul", Type.A)) {
            for (int i = 0; i < CHANGES; i++) {
                boolean away = i % 2 == 0;
                long begin = System.nanoTime();
                http.put(
                        "/api/v1/services/bench-change-0",
                        "{\"status\":\"" + (away ? "maintenance" : "active") + "\"}");
                while (client.ask() != (away ? 1 : 2)) {
                    Thread.onSpinWait();
                }
                delays.add(true, System.nanoTime() - begin);
            }
        }
        var round = delays.round();
        System.out.printf(
                "%nfrom a request that changes an instance to an answer that reflects it: p50 %.1f ms, p99 %.1f ms%n",
                round.p50Millis(), round.p99Millis());
    }

    private static void register(BenchHttpClient http, String service, int count)
            throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            http.post("/api/v1/services", """
                    {"id": "%1$s-%2$d", "name": "%1$s", "address": "10.0.0.%3$d", "port": 8080, "ttl": 3600}
                    """.formatted(service, i, i + 1));
        }
    }
}
