package dev.aicore.discovery.eventstore;

import java.io.IOException;

/** Measures the volume that holds the files of the store's database. */
@FunctionalInterface
public interface StoreVolume {

    /**
     * Returns how many bytes can still be written. Blocks as long as the file system takes.
     *
     * @throws IOException if the file system doesn't tell
     */
    long usableBytes() throws IOException;
}
