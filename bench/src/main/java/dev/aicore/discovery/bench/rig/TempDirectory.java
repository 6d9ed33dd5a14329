package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Temporary directory, deleted when closed. */
public record TempDirectory(Path directory) implements AutoCloseable {

    /** Creates an empty directory. */
    public static TempDirectory make() throws IOException {
        return new TempDirectory(Files.createTempDirectory("registry-bench"));
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
