package dev.aicore.discovery.embedded.postgres;

import dev.aicore.discovery.embedded.postgres.PostgresStartException.DataDirectoryInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Locks a data directory for one process. The operating system releases the lock with the process, however that ends.
 */
final class DirectoryLock implements AutoCloseable {

    /**
     * Lock files that this process holds. Closing any channel to a locked file releases this process's lock, so a
     * second attempt must not open the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws DataDirectoryInUseException if another process, or another server of this process, holds the lock */
    static DirectoryLock acquire(Path directory) {
        Path file = directory.resolve("lock");
        long self = ProcessHandle.current().pid();
        if (!HELD.add(file)) {
            throw new DataDirectoryInUseException(directory, Long.toString(self), self);
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new DataDirectoryInUseException(directory, owner(file), self);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(self).getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(file, channel);
        } catch (IOException unwritable) {
            HELD.remove(file);
            throw new UncheckedIOException("The data directory " + directory + " can't be locked", unwritable);
        } catch (RuntimeException refused) {
            HELD.remove(file);
            throw refused;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unreleased) {
            throw new UncheckedIOException(unreleased);
        } finally {
            HELD.remove(file);
        }
    }

    private static String owner(Path file) throws IOException {
        String owner = Files.readString(file).strip();
        return owner.isEmpty() ? "(unknown)" : owner;
    }
}
