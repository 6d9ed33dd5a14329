package dev.aicore.discovery.web;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the number of connections by the files that this process may open. Each connection needs one; a quarter of the
 * files is left for stores, checks and files.
 */
final class FileDescriptorLimit {

    private static final Logger LOG = LoggerFactory.getLogger(FileDescriptorLimit.class);

    private FileDescriptorLimit() {}

    /** Returns the maximum number of connections, at least 1. Logs a warning if it is less than {@code asked}. */
    static int connections(int requested) {
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        int possible = connections(requested, descriptors);
        if (possible < requested) {
            LOG.warn(
                    "server.max_connections is {}, but this process may open {} files (ulimit -n): the limit is {}"
                            + " connections.",
                    requested,
                    descriptors,
                    possible);
        }
        return possible;
    }

    static int connections(int requested, long descriptors) {
        return (int) Math.clamp(descriptors / 4 * 3, 1L, requested);
    }
}
