package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU that processes have taken since each began, from {@code /proc/PID/stat}: exact to a hundredth of a second. */
public final class ProcessCpuTime {

    /** The kernel tells it in this unit whatever its own clock does. */
    private static final long NANOS_IN_TICK = 10_000_000;

    /** Places behind the name of the program, which may itself hold spaces: proc(5) counts them from 3. */
    private static final int USER = 14 - 3;

    private static final int SYSTEM = 15 - 3;
    private static final int ENDED_USER = 16 - 3;
    private static final int ENDED_SYSTEM = 17 - 3;

    private ProcessCpuTime() {}

    /** Returns that of a process alone; 0 if it has ended, or the system doesn't tell it. */
    public static long nanos(ProcessHandle process) {
        return own(stat(process));
    }

    /** Returns that of several with all of their children that have ended, such as those that PostgreSQL makes now and then. */
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
