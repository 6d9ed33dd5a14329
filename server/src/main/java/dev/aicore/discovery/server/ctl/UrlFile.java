package dev.aicore.discovery.server.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file of a data directory that holds the URL of the registry that runs on it. A registry that was killed leaves it behind.
 *
 * @param dataDir the data directory, which needn't be there
 */
public record UrlFile(Path dataDir) {

    /** Returns its path, also where there is none. */
    public Path path() {
        return dataDir.resolve("registry.url");
    }

    /** Returns the URL; empty if there is no such file, or nothing in it. */
    public Optional<String> read() throws IOException {
        try {
            return Optional.of(Files.readString(path()).strip()).filter(url -> !url.isEmpty());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** Replaces what it holds. Does nothing where the data directory isn't there. */
    public void write(String url) throws IOException {
        if (Files.isDirectory(dataDir)) {
            Path partial = dataDir.resolve("registry.url.partial");
            Files.writeString(partial, url + "\n");
            Files.move(partial, path(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Deletes it if it still holds that URL: another process may have written its own. */
    public void delete(String url) throws IOException {
        if (read().filter(url::equals).isPresent()) {
            Files.deleteIfExists(path());
        }
    }
}
