package dev.aicore.discovery.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the address at which other services reach this process.
 *
 * <pre>
 * prefer-networks: first address of an interface in one of them
 *      | none
 * the local address of a connection to the registry, unless it is loopback and the registry isn't
 *      | none
 * the address of the host's name
 * </pre>
 */
final class AdvertisedAddress {

    private AdvertisedAddress() {}

    /**
     * Returns the address in the form of a registration.
     *
     * @param nodes base URIs of the registry's nodes
     * @param preferred networks in order of preference; may be empty
     */
    static String choose(List<URI> nodes, List<NetworkRange> preferred) {
        return inPreferred(preferred, interfaceAddresses())
                .or(() -> towards(nodes))
                .orElseGet(AdvertisedAddress::ofHostName)
                .getHostAddress()
                .replaceFirst("%.*", "");
    }

    static Optional<InetAddress> inPreferred(List<NetworkRange> preferred, Collection<InetAddress> addresses) {
        return preferred.stream()
                .flatMap(network -> addresses.stream().filter(network::contains))
                .findFirst();
    }

    private static Collection<InetAddress> interfaceAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            throw new UncheckedIOException("The network interfaces can't be read", e);
        }
    }

    private static Optional<InetAddress> towards(List<URI> nodes) {
        return nodes.stream().flatMap(node -> towards(node).stream()).findFirst();
    }

    /** Connects a datagram socket, for which the system chooses a route. It sends nothing. */
    private static Optional<InetAddress> towards(URI node) {
        var registry = new InetSocketAddress(node.getHost(), node.getPort() < 0 ? 443 : node.getPort());
        if (registry.isUnresolved()) {
            return Optional.empty();
        }
        try (var socket = new DatagramSocket()) {
            socket.connect(registry);
            return Optional.of(socket.getLocalAddress())
                    .filter(local -> !local.isAnyLocalAddress())
                    .filter(local ->
                            !local.isLoopbackAddress() || registry.getAddress().isLoopbackAddress());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static InetAddress ofHostName() {
        try {
            return InetAddress.getLocalHost();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The address of this host is unknown. Set service-discovery.registration.address.", e);
        }
    }
}
