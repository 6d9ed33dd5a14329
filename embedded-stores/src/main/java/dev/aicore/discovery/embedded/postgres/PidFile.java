package dev.aicore.discovery.embedded.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Contents of {@code postmaster.pid}, which a running or killed server leaves.
 *
 * @param pid process id
 * @param ready true if the server accepts connections
 */
record PidFile(long pid, boolean ready) {

    /** Process id that no process has: above the maximum of all systems. */
    private static final String NO_PROCESS = Integer.toString(Integer.MAX_VALUE);

    private static final int STATUS_LINE = 7;

    /** Reads the file; empty if it is absent or incomplete. */
    static Optional<PidFile> read(Path cluster) {
        try {
            List<String> lines = Files.readAllLines(file(cluster));
            long pid = Long.parseLong(lines.getFirst().strip());
            return Optional.of(new PidFile(
                    pid,
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready")));
        } catch (NoSuchFileException | NumberFormatException | NoSuchElementException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Replaces the process id of a dead server whose id now belongs to an unrelated process: PostgreSQL would take that
     * process for its predecessor and refuse to start. The rest of the file stays, so that PostgreSQL still finds
     * orphaned children.
     */
    static void clearPid(Path cluster) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file(cluster)));
        lines.set(0, NO_PROCESS);
        Files.write(file(cluster), lines);
    }

    private static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }
}
