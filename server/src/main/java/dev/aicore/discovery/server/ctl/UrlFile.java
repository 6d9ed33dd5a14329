package dev.aicore.discovery.server.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * File of a data directory with the URL of the registry that runs on it. A killed registry leaves it behind.
 *
 * @param dataDir data directory, which may be absent
 */
public record UrlFile(Path dataDir) {

    /** Returns the path of the file, which may be absent. */
    public Path path() {
        return dataDir.resolve("registry.url");
    }

    /** Returns the URL; empty if the file is absent or empty. */
    public Optional<String> read() throws IOException {
        try {
            return Optional.of(Files.readString(path()).strip()).filter(url -> !url.isEmpty());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** Replaces the URL atomically. Does nothing if the data directory is absent. */
    public void write(String url) throws IOException {
        if (Files.isDirectory(dataDir)) {
            Path partial = dataDir.resolve("registry.url.partial");
            Files.writeString(partial, url + "\n");
            Files.move(partial, path(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Deletes the file if it still contains that URL: another process may have written its own. */
    public void delete(String url) throws IOException {
        if (read().filter(url::equals).isPresent()) {
            Files.deleteIfExists(path());
        }
    }
}
