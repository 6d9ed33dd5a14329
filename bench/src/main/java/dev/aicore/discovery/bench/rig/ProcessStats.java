package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.lang.ProcessHandle.Info;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What processes of this machine have taken of it. */
public final class ProcessStats {

    private static final String PROPORTIONAL = "Pss:";
    private static final String RESIDENT = "VmRSS:";

    private ProcessStats() {}

    /** CPU since each began, those that have ended left out; 0 where the system doesn't tell it. */
    public static long cpuNanos(Stream<ProcessHandle> processes) {
        return processes
                .map(ProcessHandle::info)
                .map(Info::totalCpuDuration)
                .mapToLong(cpu -> cpu.map(Duration::toNanos).orElse(0L))
                .sum();
    }

    /** Memory that a process has of the machine, in bytes, pages that it shares with others included; 0 where that isn't told. */
    public static long residentBytes(ProcessHandle process) {
        return bytes(Path.of("/proc", "" + process.pid(), "status"), RESIDENT);
    }

    /** What several have together, with pages that they share counted once; 0 where that isn't told. */
    public static long sharedBytes(Stream<ProcessHandle> processes) {
        return processes
                .mapToLong(process -> bytes(Path.of("/proc", "" + process.pid(), "smaps_rollup"), PROPORTIONAL))
                .sum();
    }

    /** The name of its program without the directory; empty if it has ended or belongs to somebody else. */
    public static String program(ProcessHandle process) {
        return process.info()
                .command()
                .map(Path::of)
                .map(path -> path.getFileName().toString())
                .orElse("");
    }

    /** 0 also if the process ended meanwhile. */
    private static long bytes(Path file, String key) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
