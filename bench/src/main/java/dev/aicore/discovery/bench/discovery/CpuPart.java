package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.ProcessCpuTime;
import dev.aicore.discovery.bench.rig.ProcessStats;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Processes whose CPU time is reported in one figure.
 *
 * @param name name in the table
 * @param nanos returns the CPU time since their start in nanoseconds
 */
record CpuPart(String name, LongSupplier nanos) {

    /** Returns the part of a server without other processes. */
    static List<CpuPart> of(ProcessHandle process) {
        return List.of(new CpuPart("server", () -> ProcessCpuTime.nanos(process)));
    }

    /** Returns the parts of the registry: its own process, and those of each embedded store. */
    static List<CpuPart> of(RegistryServer registry) {
        var server = registry.server().process();
        return List.of(
                new CpuPart("server", () -> ProcessCpuTime.nanos(server)),
                store("PostgreSQL", server, "postgres"),
                store("Redis", server, "redis"));
    }

    /** Returns the share of one core between two readings, in percent. */
    static double percent(long nanosBefore, long nanosAfter, long elapsedNanos) {
        return 100.0 * (nanosAfter - nanosBefore) / elapsedNanos;
    }

    private static CpuPart store(String name, ProcessHandle server, String program) {
        return new CpuPart(
                name,
                () -> ProcessCpuTime.withEndedNanos(server.descendants()
                        .filter(process -> ProcessStats.program(process).startsWith(program))));
    }
}
