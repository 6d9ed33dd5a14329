package dev.aicore.discovery.command.retention;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Writes dropped partitions to files. A file with its final name is complete and synced to disk. */
final class PartitionArchive {

    private static final int BUFFER = 64 * 1024;

    /** Writes rows to a stream, and returns their number. */
    @FunctionalInterface
    interface Source {
        long copyTo(OutputStream out) throws SQLException, IOException;
    }

    /** Written file and its number of rows. */
    record ArchivedFile(Path file, long rows) {}

    private final Path directory;

    PartitionArchive(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes {@code NAME.copy.gz}, and a file beside it with the number of rows and the SHA-256 digest. Replaces
     * existing files.
     */
    ArchivedFile write(String name, Source source) throws IOException, SQLException {
        Files.createDirectories(directory);
        var file = directory.resolve(name + ".copy.gz");
        var partial = partial(file);
        var digest = sha256();
        long rows;
        try (var channel = created(partial)) {
            var zipped = new GZIPOutputStream(
                    new DigestOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), digest),
                    BUFFER);
            rows = source.copyTo(zipped);
            zipped.finish();
            zipped.flush();
            channel.force(true);
        }
        publish(partial, file);
        describe(file, rows, HexFormat.of().formatHex(digest.digest()));
        return new ArchivedFile(file, rows);
    }

    /** Writes the digest in the format of {@code sha256sum --check}. */
    private void describe(Path file, long rows, String sum) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + ".sha256");
        var partial = partial(beside);
        var text = "# " + rows + " rows\n" + sum + "  " + file.getFileName() + "\n";
        try (var channel = created(partial)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        publish(partial, beside);
    }

    private void publish(Path partial, Path file) throws IOException {
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    private static Path partial(Path file) {
        return file.resolveSibling(file.getFileName() + ".partial");
    }

    private static FileChannel created(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
