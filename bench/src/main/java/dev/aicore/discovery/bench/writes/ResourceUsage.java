package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.ProcessStats;
import dev.aicore.discovery.embedded.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Resource usage so far, or between two readings.
 *
 * @param jvmNanos CPU nanoseconds of this process
 * @param postgresNanos CPU nanoseconds of PostgreSQL's running and ended processes
 * @param diskBytes bytes of all tables and indexes
 * @param walBytes bytes of write-ahead log
 * @param events appended events; 0 if there is no event store
 */
record ResourceUsage(long jvmNanos, long postgresNanos, long diskBytes, long walBytes, long events) {

    static final ResourceUsage NONE = new ResourceUsage(0, 0, 0, 0, 0);

    private static final long NANOS_OF_TICK = 10_000_000;

    static ResourceUsage read(PostgresServer postgres, long diskBytes, long walBytes, long events) {
        var postmaster = ProcessHandle.of(postgres.pid()).orElseThrow();
        return new ResourceUsage(
                ProcessStats.cpuNanos(Stream.of(ProcessHandle.current())),
                ProcessStats.cpuNanos(Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                        + endedChildrenNanos(postmaster),
                diskBytes,
                walBytes,
                events);
    }

    ResourceUsage since(ResourceUsage before) {
        return new ResourceUsage(
                jvmNanos - before.jvmNanos,
                postgresNanos - before.postgresNanos,
                diskBytes - before.diskBytes,
                walBytes - before.walBytes,
                events - before.events);
    }

    /** Returns the CPU nanoseconds of ended children, such as vacuum workers; 0 if unknown. */
    private static long endedChildrenNanos(ProcessHandle postmaster) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(postmaster.pid()), "stat"));
            // The name may contain spaces: fields are counted from its end, where the third one begins.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * NANOS_OF_TICK;
        } catch (IOException e) {
            return 0;
        }
    }
}
