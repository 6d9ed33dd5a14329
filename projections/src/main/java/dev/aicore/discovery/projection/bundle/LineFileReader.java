package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.projection.bundle.Bundle.CorruptBundleException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line, as bytes. */
final class LineFileReader implements AutoCloseable {

    private static final int MAX_LENGTH = 16 << 20;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final BufferedInputStream in;

    LineFileReader(Path file) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    /**
     * Returns the next line with its line feed; null at the end of the file.
     *
     * @throws CorruptBundleException if the line is longer than any that an export writes
     */
    byte @Nullable [] next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            line.write(read);
            if (read == '\n') {
                return line.toByteArray();
            }
            if (line.size() > MAX_LENGTH) {
                throw new CorruptBundleException(
                        file + " is not a bundle: it has a line of more than " + MAX_LENGTH + " bytes.");
            }
        }
        return line.size() == 0 ? null : line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
