package dev.aicore.discovery.eventstore;

import java.io.IOException;

/** Measures the volume that holds the files of the store's database. */
@FunctionalInterface
public interface StoreVolume {

    /**
     * Returns the number of bytes that can still be written. Blocks as long as the file system takes.
     *
     * @throws IOException if the file system doesn't report it
     */
    long usableBytes() throws IOException;
}
