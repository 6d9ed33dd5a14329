package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads the CPU time of processes since their start from {@code /proc/PID/stat}, with a resolution of 10 ms. */
public final class ProcessCpuTime {

    /** Unit of the kernel's values, regardless of its own timer frequency. */
    private static final long NANOS_IN_TICK = 10_000_000;

    /** Indexes after the program's name, which may contain spaces: proc(5) counts from 3 there. */
    private static final int USER = 14 - 3;

    private static final int SYSTEM = 15 - 3;
    private static final int ENDED_USER = 16 - 3;
    private static final int ENDED_SYSTEM = 17 - 3;

    private ProcessCpuTime() {}

    /** Returns the CPU time of a process in nanoseconds; 0 if it has ended, or the time is unknown. */
    public static long nanos(ProcessHandle process) {
        return own(stat(process));
    }

    /**
     * Returns the CPU time of processes and of all their ended children, such as those that PostgreSQL starts
     * occasionally, in nanoseconds.
     */
    public static long withEndedNanos(Stream<ProcessHandle> processes) {
        return processes
                .map(ProcessCpuTime::stat)
                .mapToLong(ProcessCpuTime::withEnded)
                .sum();
    }

    static long own(String stat) {
        return ticks(stat, USER, SYSTEM) * NANOS_IN_TICK;
    }

    static long withEnded(String stat) {
        return ticks(stat, USER, SYSTEM, ENDED_USER, ENDED_SYSTEM) * NANOS_IN_TICK;
    }

    private static long ticks(String stat, int... places) {
        var behindName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        long sum = 0;
        for (int place : places) {
            sum += place < behindName.length ? Long.parseLong(behindName[place]) : 0;
        }
        return sum;
    }

    private static String stat(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "stat"));
        } catch (IOException ended) {
            return "";
        }
    }
}
