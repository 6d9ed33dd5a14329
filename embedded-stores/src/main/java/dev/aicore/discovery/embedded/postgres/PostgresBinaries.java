package dev.aicore.discovery.embedded.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacked programs, kept between starts in the user's cache, or in the data directory if there is no cache.
 *
 * @param home directory with {@code bin}, {@code lib}, {@code share}
 * @param major major version, such as {@code 18}, to be compared with that of a data directory
 */
record PostgresBinaries(Path home, String major) {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

    /** Excludes other threads of this process, which a file lock doesn't. */
    private static final ReentrantLock UNPACKING = new ReentrantLock();

    /**
     * Returns the programs; unpacks them if necessary.
     *
     * @throws PostgresStartException if there are no programs for this platform
     */
    static PostgresBinaries unpackIfNeeded(Path dataDir) {
        String platform = platform();
        String version = version();
        Path home = cache(dataDir).resolve("postgresql-" + version + "-" + platform);
        if (!Files.isDirectory(home)) {
            unpack("/postgres-" + platform + ".txz", home);
        }
        return new PostgresBinaries(home, version.replaceFirst("\\..*", ""));
    }

    /**
     * Unpacks into a temporary directory and renames it when it is complete, so that the final directory is always
     * complete.
     */
    private static void unpack(String archive, Path home) {
        UNPACKING.lock();
        try (FileChannel channel = FileChannel.open(
                        home.resolveSibling(home.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (Files.isDirectory(home)) {
                return;
            }
            Path partial = home.resolveSibling(home.getFileName() + ".partial");
            delete(partial);
            try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
                if (packed == null) {
                    throw new PostgresStartException(
                            "There is no embedded PostgreSQL for this platform (" + archive + "): set a database URL");
                }
                log.info("Unpacking PostgreSQL into {}", home);
                TarXzArchive.unpack(packed, partial);
            }
            Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new PostgresStartException(
                    "PostgreSQL can't be unpacked into " + home + ": " + unwritable, unwritable);
        } finally {
            UNPACKING.unlock();
        }
    }

    private static Path cache(Path dataDir) {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path user = configured == null || configured.isBlank() ? defaultCache() : Path.of(configured);
        Path preferred = user.resolve("service-discovery");
        try {
            Files.createDirectories(preferred);
            if (Files.isWritable(preferred)) {
                return preferred;
            }
        } catch (IOException homeless) {
            log.debug("No cache at {}", preferred, homeless);
        }
        try {
            return Files.createDirectories(dataDir.resolve("postgres-binaries"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /**
     * Returns the default cache. The cache of root is outside its home, which the user that runs the programs for root
     * can't access.
     */
    private static Path defaultCache() {
        return ServerUser.isRoot() ? Path.of("/var/cache") : Path.of(System.getProperty("user.home"), ".cache");
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream described = PostgresBinaries.class.getResourceAsStream("/postgres-binaries.properties")) {
            properties.load(described);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case String other -> other;
        };
        String library = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
        return system + "-" + machine + library;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
