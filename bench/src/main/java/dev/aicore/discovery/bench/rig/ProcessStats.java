package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.lang.ProcessHandle.Info;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Reads the resource usage of processes on this machine. */
public final class ProcessStats {

    private static final String PROPORTIONAL = "Pss:";
    private static final String RESIDENT = "VmRSS:";

    private ProcessStats() {}

    /**
     * Returns the CPU time of processes since their start in nanoseconds, without ended children; 0 if it is unknown.
     */
    public static long cpuNanos(Stream<ProcessHandle> processes) {
        return processes
                .map(ProcessHandle::info)
                .map(Info::totalCpuDuration)
                .mapToLong(cpu -> cpu.map(Duration::toNanos).orElse(0L))
                .sum();
    }

    /** Returns the resident memory of a process in bytes, including shared pages; 0 if it is unknown. */
    public static long residentBytes(ProcessHandle process) {
        return bytes(Path.of("/proc", "" + process.pid(), "status"), RESIDENT);
    }

    /** Returns the number of platform threads of a process; 0 if it is unknown. */
    public static long threads(ProcessHandle process) {
        return number(Path.of("/proc", "" + process.pid(), "status"), "Threads:");
    }

    /** Returns the number of open files and connections of a process; 0 if it is unknown. */
    public static long descriptors(ProcessHandle process) {
        try (var open = Files.list(Path.of("/proc", "" + process.pid(), "fd"))) {
            return open.count();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Returns the memory of several processes in bytes, with shared pages counted once; 0 if it is unknown. */
    public static long sharedBytes(Stream<ProcessHandle> processes) {
        return processes
                .mapToLong(process -> bytes(Path.of("/proc", "" + process.pid(), "smaps_rollup"), PROPORTIONAL))
                .sum();
    }

    /**
     * Returns the name of a process's program without its directory; empty if it has ended or belongs to another user.
     */
    public static String program(ProcessHandle process) {
        return process.info()
                .command()
                .map(Path::of)
                .map(path -> path.getFileName().toString())
                .orElse("");
    }

    /** Returns the value of a line in bytes; 0 if it is absent or the process has ended. */
    private static long bytes(Path file, String key) {
        return number(file, key) * 1_024;
    }

    private static long number(Path file, String key) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
