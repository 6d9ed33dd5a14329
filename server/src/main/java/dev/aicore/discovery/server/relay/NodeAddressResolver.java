package dev.aicore.discovery.server.relay;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Determines the host and the port at which the other nodes reach this one. */
final class NodeAddressResolver {

    private static final Pattern WITH_PORT = Pattern.compile(".*[^:]:[0-9]+|\\[.*]:[0-9]+");

    private NodeAddressResolver() {}

    /**
     * Returns host and port for a URL.
     *
     * @param configured {@code cluster.advertised_address}; empty to determine it
     * @param bound name or address that the server is bound to
     * @param port port that the server listens on
     */
    static String of(String configured, String bound, int port) {
        if (WITH_PORT.matcher(configured).matches()) {
            return configured;
        }
        return (configured.isEmpty() ? bracketed(host(bound)) : configured) + ":" + port;
    }

    private static String host(String bound) {
        try {
            return InetAddress.ofLiteral(bound).isAnyLocalAddress()
                    ? ofThisMachine().getHostAddress()
                    : bound;
        } catch (IllegalArgumentException name) {
            return bound;
        }
    }

    /** Returns the address of this machine's name; if that is a loopback address, the first other one. */
    private static InetAddress ofThisMachine() {
        try {
            var named = InetAddress.getLocalHost();
            return named.isLoopbackAddress()
                    ? NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                            .findFirst()
                            .orElse(named)
                    : named;
        } catch (UnknownHostException | SocketException e) {
            throw new IllegalStateException("This machine has no address; set cluster.advertised_address.", e);
        }
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
    }
}
