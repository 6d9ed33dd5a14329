package dev.aicore.discovery.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.Collections;

/**
 * Address of this machine that others reach it by: the one from which it reaches the registry. The first interface,
 * which other clients use, is often a bridge of containers.
 */
final class LocalAddress {

    private static final int ANY_PORT = 443;

    private LocalAddress() {}

    /**
     * Returns the address. A connected datagram socket sends nothing.
     *
     * @throws IOException if the node's name can't be resolved, or there is no route to it
     */
    static String towards(URI node) throws IOException {
        int port = node.getPort() < 0 ? ANY_PORT : node.getPort();
        var registry = new InetSocketAddress(InetAddress.getByName(node.getHost()), port);
        try (var socket = new DatagramSocket()) {
            socket.connect(registry);
            var local = socket.getLocalAddress();
            boolean isUsable = !local.isAnyLocalAddress()
                    && (!local.isLoopbackAddress() || registry.getAddress().isLoopbackAddress());
            return text(isUsable ? local : firstReachable());
        }
    }

    private static InetAddress firstReachable() throws IOException {
        for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp() && !network.isLoopback() && !network.isVirtual()) {
                for (var address : Collections.list(network.getInetAddresses())) {
                    if (!address.isLinkLocalAddress() && !address.isLoopbackAddress()) {
                        return address;
                    }
                }
            }
        }
        throw new IOException("This machine has no address that others can reach; declare one.");
    }

    /** Returns the text of an address, without the scope of an IPv6 address. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
