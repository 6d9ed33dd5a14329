package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.ProcessCpuTime;
import dev.aicore.discovery.bench.rig.ProcessStats;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Processes whose CPU is told in one figure.
 *
 * @param name for the table
 * @param nanos of CPU since they began
 */
record CpuPart(String name, LongSupplier nanos) {

    /** Returns that of a server that has no other processes. */
    static List<CpuPart> of(ProcessHandle process) {
        return List.of(new CpuPart("the server", () -> ProcessCpuTime.nanos(process)));
    }

    /** Returns those of our server: its own process, and those of each store that it embeds. */
    static List<CpuPart> of(RegistryServer registry) {
        var server = registry.server().process();
        return List.of(
                new CpuPart("the server", () -> ProcessCpuTime.nanos(server)),
                store("its PostgreSQL", server, "postgres"),
                store("its Redis", server, "redis"));
    }

    /** Returns the share of one core that was taken between two looks. */
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
