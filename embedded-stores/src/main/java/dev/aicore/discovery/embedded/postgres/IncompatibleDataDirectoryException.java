package dev.aicore.discovery.embedded.postgres;

import java.nio.file.Path;

/**
 * Thrown if the data was created by another major version of PostgreSQL. The message is one line with both versions.
 */
public final class IncompatibleDataDirectoryException extends IllegalStateException {

    IncompatibleDataDirectoryException(Path directory, String found, String brought) {
        super(
                ("The data directory %s was created by PostgreSQL %s, and this registry has PostgreSQL %s: choose another directory, "
                                + "or load a dump of the data into a new one")
                        .formatted(directory, found, brought));
    }
}
