package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.bench.store.AppendBench.AppendDesign;
import java.lang.ProcessHandle.Info;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Costs of one round.
 *
 * @param perSecond events per second
 * @param p50Millis median latency of an append
 * @param p99Millis p99 latency of an append
 * @param jvmMicros CPU microseconds of this process per observation or fact, including the load generator
 * @param postgresMicros CPU microseconds of PostgreSQL per observation or fact
 * @param diskBytes bytes of tables and indexes per observation or fact
 * @param walBytes bytes of write-ahead log per observation or fact
 */
record AppendMeasurement(
        double perSecond,
        double p50Millis,
        double p99Millis,
        double jvmMicros,
        double postgresMicros,
        double diskBytes,
        double walBytes) {

    static final String HEADER = """
            | workload | design | events/s: median (min – max) | p50 ms | best p99 ms | CPU µs JVM + PG | disk B | WAL B | load |
            |---|---|---|---|---|---|---|---|---|""";

    static AppendMeasurement of(BenchStore store, AppendWorkload appendWorkload, Callable<long[]> load)
            throws Exception {
        long disk = store.bytes();
        long wal = store.walBytes();
        long jvm = cpuNanos(Stream.of(ProcessHandle.current()));
        long postgres = cpuNanos(store.postgresProcesses());
        long begin = System.nanoTime();
        var took = load.call();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double things = (double) took.length * appendWorkload.perEvent();
        return new AppendMeasurement(
                took.length / seconds,
                took[took.length / 2] / 1e6,
                took[(int) (took.length * 0.99)] / 1e6,
                (cpuNanos(Stream.of(ProcessHandle.current())) - jvm) / 1e3 / things,
                (cpuNanos(store.postgresProcesses()) - postgres) / 1e3 / things,
                (store.bytes() - disk) / things,
                (store.walBytes() - wal) / things);
    }

    static String row(
            AppendDesign appendDesign,
            AppendWorkload appendWorkload,
            List<AppendMeasurement> rounds,
            String loadAverage) {
        return "| %s | %s | %,.0f (%,.0f – %,.0f) | %.2f | %.2f | %.1f + %.1f | %.1f | %.1f | %s |"
                .formatted(
                        appendWorkload.name().toLowerCase(Locale.ROOT),
                        appendDesign.words(),
                        median(rounds, AppendMeasurement::perSecond),
                        sorted(rounds, AppendMeasurement::perSecond)[0],
                        sorted(rounds, AppendMeasurement::perSecond)[rounds.size() - 1],
                        median(rounds, AppendMeasurement::p50Millis),
                        sorted(rounds, AppendMeasurement::p99Millis)[0],
                        median(rounds, AppendMeasurement::jvmMicros),
                        median(rounds, AppendMeasurement::postgresMicros),
                        median(rounds, AppendMeasurement::diskBytes),
                        median(rounds, AppendMeasurement::walBytes),
                        loadAverage);
    }

    private static double median(List<AppendMeasurement> rounds, ToDoubleFunction<AppendMeasurement> figure) {
        return sorted(rounds, figure)[rounds.size() / 2];
    }

    private static double[] sorted(List<AppendMeasurement> rounds, ToDoubleFunction<AppendMeasurement> figure) {
        return rounds.stream().mapToDouble(figure).sorted().toArray();
    }

    private static long cpuNanos(Stream<ProcessHandle> processes) {
        return processes
                .map(ProcessHandle::info)
                .map(Info::totalCpuDuration)
                .mapToLong(cpu -> cpu.map(Duration::toNanos).orElse(0L))
                .sum();
    }
}
