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
 * What a running server, or one that was killed, says of itself in {@code postmaster.pid}.
 *
 * @param ready it answers clients
 */
record PidFile(long pid, boolean ready) {

    /** No process has it: above the largest that the systems allow. */
    private static final String NOBODY = Integer.toString(Integer.MAX_VALUE);

    private static final int STATUS_LINE = 7;

    /** Empty if there is none, or it is only being written. */
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
     * Says that its process is gone, where its number meanwhile belongs to a stranger: PostgreSQL would take that for its own
     * predecessor and refuse. The rest of the file stays, so that it still looks for children that outlived their server.
     */
    static void clearPid(Path cluster) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file(cluster)));
        lines.set(0, NOBODY);
        Files.write(file(cluster), lines);
    }

    private static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }
}
