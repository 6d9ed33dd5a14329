package dev.aicore.discovery.bench.soak;

import dev.aicore.discovery.bench.health.HealthCheckLoad;
import dev.aicore.discovery.bench.health.TargetProcess;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code ./registry bench soak [--minutes N] [--heartbeats N] [--picture FILE]}. */
public final class SoakBench {

    private static final int PORTS = 50;
    private static final int CHECKED = 500;
    private static final int REBUILDS = 6;

    /** Shortest interval, because a rebuild that overlaps another is refused. */
    private static final Duration MIN_REBUILD_INTERVAL = Duration.ofSeconds(5);

    /**
     * Observations live a minute, in partitions of less, so that retention runs all the time. Four shards are quickly
     * filled with the ids of deregistered instances.
     */
    private static final List<String> SETTINGS = List.of(
            "--service-discovery.event-store.shards=4",
            "--service-discovery.event-store.retention=1m",
            "--service-discovery.event-store.retention-interval=15s",
            "--service-discovery.event-store.partition-width=20000");

    private SoakBench() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        var options = SoakOptions.parse(arguments);
        System.out.println(options.needs());
        var result = run(options);
        var report = new SoakReport(result.samples());
        var thresholds = new ArrayList<>(report.thresholds());
        thresholds.add(new Threshold(
                "no failed requests beside the heartbeats (" + result.failures() + ")", result.failures() == 0));
        System.out.print(report.markdown());
        System.out.println(Threshold.words(thresholds));
        if (options.picture().isPresent()) {
            Files.writeString(options.picture().get(), SoakChart.of(report, result.samples()));
        }
        if (thresholds.stream().anyMatch(threshold -> !threshold.met())) {
            System.exit(1);
        }
    }

    /**
     * Samples of a soak in order of time.
     *
     * @param failures requests beside the heartbeats that failed, and streams that ended
     */
    record SoakResult(List<SoakSample> samples, long failures) {}

    static SoakResult run(SoakOptions options) throws IOException, InterruptedException {
        try (var directory = TempDirectory.make();
                var targets = TargetProcess.launch(PORTS, PORTS, 1);
                var server = launch(directory.directory());
                var load = new SoakLoad(port(server), options.perSecond())) {
            register(targets, server.port());
            var rebuildInterval = options.duration().dividedBy(REBUILDS);
            load.start(rebuildInterval.compareTo(MIN_REBUILD_INTERVAL) < 0 ? MIN_REBUILD_INTERVAL : rebuildInterval);
            var samples = new ArrayList<SoakSample>();
            long begin = System.nanoTime();
            for (var elapsed = Duration.ZERO;
                    elapsed.compareTo(options.duration()) < 0;
                    elapsed = Duration.ofNanos(System.nanoTime() - begin)) {
                var round = load.heartbeats(options.round());
                double minute = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 60_000.0;
                samples.add(SoakSample.take(minute, server.process(), directory.directory(), round));
            }
            System.out.println(load.summary());
            return new SoakResult(List.copyOf(samples), load.failures());
        }
    }

    private static RegistryProcess launch(Path directory) throws IOException {
        return RegistryProcess.launch(directory.resolve("data"), directory.resolve("registry.aot"), SETTINGS);
    }

    private static int port(RegistryProcess server) throws IOException, InterruptedException {
        server.secondsToReady();
        return server.port();
    }

    private static void register(TargetProcess targets, int port) throws IOException {
        var checks = new HealthCheckLoad();
        checks.add("http", CHECKED, targets.http());
        checks.add("tcp", CHECKED, targets.tcp());
        checks.register(port);
    }
}
