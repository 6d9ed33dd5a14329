package dev.aicore.discovery.embedded.postgres;

import dev.aicore.discovery.embedded.process.ServerProcess.ServerStartException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the embedded server or one of its programs couldn't be run. The message is one line with the reason and the
 * location of the log.
 */
public final class PostgresStartException extends ServerStartException {

    PostgresStartException(String message) {
        super(message, null);
    }

    PostgresStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns true if a later attempt may succeed: a port was taken at the last moment, or children of a killed server
     * are still running.
     */
    boolean isTemporary() {
        String message = String.valueOf(getMessage());
        return message.contains("could not bind") || message.contains("shared memory block");
    }

    /** Thrown if another registry runs on the same data directory. The message is one line with both process ids. */
    public static final class DataDirectoryInUseException extends IllegalStateException {

        DataDirectoryInUseException(Path directory, String owner, long self) {
            super(
                    "The data directory %s is in use by process %s, and this is process %d: stop the other registry, or choose another directory"
                            .formatted(directory, owner, self));
        }
    }

    /**
     * Thrown if the data was created by another major version of PostgreSQL. The message is one line with both
     * versions.
     */
    public static final class IncompatibleDataDirectoryException extends IllegalStateException {

        IncompatibleDataDirectoryException(Path directory, String found, String brought) {
            super(
                    ("The data directory %s was created by PostgreSQL %s, and this registry has PostgreSQL %s: choose another directory, "
                                    + "or load a dump of the data into a new one")
                            .formatted(directory, found, brought));
        }
    }
}
