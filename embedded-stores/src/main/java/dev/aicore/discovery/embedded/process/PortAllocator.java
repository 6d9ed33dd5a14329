package dev.aicore.discovery.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Selects free ports of the loopback interface, below the range that systems use for outgoing connections. */
public final class PortAllocator {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    private PortAllocator() {}

    /**
     * Returns the port to try for a directory: usually the same at each start, and different for different directories.
     */
    public static int preferred(Path directory, int attempt) {
        return FIRST + Math.floorMod(directory.toString().hashCode() * 31L + attempt, COUNT);
    }

    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
