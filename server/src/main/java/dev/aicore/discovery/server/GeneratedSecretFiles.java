package dev.aicore.discovery.server;

import dev.aicore.discovery.config.time.SecretGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Generates the secrets of the first start and stores them in files that only their owner may read. Existing files stay
 * unchanged.
 */
final class GeneratedSecretFiles {

    private static final int BYTES = 32;

    private final Path directory;

    GeneratedSecretFiles(Path directory) {
        this.directory = directory;
    }

    /** Returns the secret that signs tokens. */
    String secret() {
        return readOrCreate(
                directory.resolve("jwt-secret"),
                () -> HexFormat.of().formatHex(SecretGenerator.random().next(BYTES)));
    }

    /** Returns the first admin's API key; stores the given one if there is none yet. */
    String adminKey(Supplier<String> newKey) {
        return readOrCreate(directory.resolve("admin-key"), newKey);
    }

    private static String readOrCreate(Path file, Supplier<String> made) {
        try {
            if (!Files.exists(file)) {
                write(file, made.get());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to store a generated secret: " + e.getMessage(), e);
        }
    }

    /** Writes a file atomically. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(partial, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
