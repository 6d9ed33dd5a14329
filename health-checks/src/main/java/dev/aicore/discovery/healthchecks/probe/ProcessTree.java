package dev.aicore.discovery.healthchecks.probe;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process and all that it started. Children whose parent has ended belong to nobody any more, so each process begins a session of
 * its own where the system can do that, and the members of the session are its children. One that leaves the session escapes.
 * It blocks.
 */
final class ProcessTree {

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    /** Who forks faster than it is killed is let go. */
    private static final int ROUNDS = 16;

    private static final int MAX_LINE = 4_096;

    private ProcessTree() {}

    /** What to run in order to run that. */
    static List<String> command(Path program) {
        return SETSID.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(setsid -> List.of(setsid.toString(), program.toString()))
                .orElse(List.of(program.toString()));
    }

    /** Kills what is left. */
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

    /** By proc(5): behind the name, which is in parentheses, stand state, parent, group and session. Elsewhere nothing is known. */
    private static boolean isAliveIn(long session, long pid) {
        // Not by Files: an interrupted thread can't read with it.
        try (var in = new FileInputStream("/proc/" + pid + "/stat")) {
            var line = new String(in.readNBytes(MAX_LINE), StandardCharsets.ISO_8859_1);
            var fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", 5);
            return fields.length == 5 && !fields[0].equals("Z") && fields[3].equals(Long.toString(session));
        } catch (IOException gone) {
            return false;
        }
    }
}
