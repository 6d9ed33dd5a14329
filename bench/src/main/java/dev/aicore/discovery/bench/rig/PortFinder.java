package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports for servers that can't choose one, or whose port must be known before they start. */
public final class PortFinder {

    private static final int MIN_PORT = 20_000;
    private static final int MAX_PORT = 32_000;
    private static final int MAX_ATTEMPTS = 100;

    private PortFinder() {}

    /** Returns a port that is free for TCP and UDP, below those that the system gives to connections. */
    public static int freePort() {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT);
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (var server = new ServerSocket();
                    var datagrams = new DatagramSocket(address)) {
                server.bind(address);
                return datagrams.getLocalPort();
            } catch (IOException e) {
                // In use.
            }
        }
        throw new IllegalStateException("None of " + MAX_ATTEMPTS + " ports is free.");
    }
}
