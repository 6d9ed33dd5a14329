package dev.aicore.discovery.embedded.postgres;

import java.nio.file.Path;

/** Thrown if another registry runs on the same data directory. The message is one line with both process ids. */
public final class DataDirectoryInUseException extends IllegalStateException {

    DataDirectoryInUseException(Path directory, String owner, long self) {
        super(
                "The data directory %s is in use by process %s, and this is process %d: stop the other registry, or choose another directory"
                        .formatted(directory, owner, self));
    }
}
