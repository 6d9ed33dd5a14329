package dev.aicore.discovery.healthchecks.probe;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends a process with all processes that it started. A child whose parent has ended can't be found by its parent, so
 * each process gets its own session if the system supports it; the members of the session count as its children. A
 * process that leaves the session escapes. Blocks.
 */
final class ProcessTree {

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    /** Maximum number of rounds of kills. A process that forks faster is not killed. */
    private static final int ROUNDS = 16;

    private static final int MAX_LINE = 4_096;

    private ProcessTree() {}

    /** Returns the command line that runs a program, in its own session if {@code setsid} is installed. */
    static List<String> command(Path program) {
        return SETSID.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(setsid -> List.of(setsid.toString(), program.toString()))
                .orElse(List.of(program.toString()));
    }

    /** Kills the process and all its remaining children. */
    static void end(Process process) {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        for (int round = 0; round < ROUNDS; round++) {
            var members = members(process.pid());
            if (members.isEmpty()) {
                return;
            }
            members.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static List<ProcessHandle> members(long session) {
        return ProcessHandle.allProcesses()
                .filter(candidate -> isAliveIn(session, candidate.pid()))
                .toList();
    }

    /**
     * Returns true if a process is alive in a session. Reads the file stat of proc(5): after the name in parentheses
     * follow state, parent, group and session. Returns false on systems without that file.
     */
    private static boolean isAliveIn(long session, long pid) {
        // Doesn't use Files, because an interrupted thread can't read with it.
        try (var in = new FileInputStream("/proc/" + pid + "/stat")) {
            var line = new String(in.readNBytes(MAX_LINE), StandardCharsets.ISO_8859_1);
            var fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", 5);
            return fields.length == 5 && !fields[0].equals("Z") && fields[3].equals(Long.toString(session));
        } catch (IOException exception) {
            return false;
        }
    }
}
