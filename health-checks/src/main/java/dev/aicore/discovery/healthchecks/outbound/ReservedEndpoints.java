package dev.aicore.discovery.healthchecks.outbound;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ports of the registry and of its stores, which nothing that a declaration says may be sent to. They are added as they become
 * known: an embedded store's port, or that of a server bound to port 0, isn't at first. Safe for use by many threads.
 */
public final class ReservedEndpoints {

    /** Of names that have other addresses each time. */
    private static final int MAX_REMOTE = 1_000;

    /** Where names are looked up. May block. */
    @FunctionalInterface
    public interface HostLookup {
        /** All addresses of a name, one at least. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Set<InetAddress> localAddresses;
    private final HostLookup hostLookup;
    private final Set<Integer> localPorts = ConcurrentHashMap.newKeySet();
    private final Set<Endpoint> remoteEndpoints = ConcurrentHashMap.newKeySet();

    /** @param here addresses of this machine; those of loopback needn't be named */
    public ReservedEndpoints(Collection<InetAddress> here, HostLookup hostLookup) {
        this.localAddresses = Set.copyOf(here);
        this.hostLookup = hostLookup;
    }

    /** Reads the network interfaces once, which blocks for a moment. An address that this machine gets later isn't known. */
    public static ReservedEndpoints ofThisMachine() {
        try {
            return new ReservedEndpoints(
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .toList(),
                    InetAddress::getAllByName);
        } catch (SocketException unreadable) {
            throw new IllegalStateException("The addresses of this machine can't be read.", unreadable);
        }
    }

    /** A port at each address of this machine. */
    public ReservedEndpoints addHere(int port) {
        localPorts.add(port);
        return this;
    }

    /** A port at that address, and at each address of this machine if it is one of them. */
    public ReservedEndpoints add(InetAddress address, int port) {
        if (isHere(address)) {
            return addHere(port);
        }
        if (remoteEndpoints.size() < MAX_REMOTE) {
            remoteEndpoints.add(new Endpoint(address, port));
        }
        return this;
    }

    /**
     * The same at each address of that name, which are looked up now: that blocks.
     *
     * @throws UnknownHostException if it has none just now
     */
    public ReservedEndpoints add(String host, int port) throws UnknownHostException {
        for (var address : hostLookup.addresses(host)) {
            add(address, port);
        }
        return this;
    }

    boolean contains(InetAddress address, int port) {
        return (localPorts.contains(port) && isHere(address)) || remoteEndpoints.contains(new Endpoint(address, port));
    }

    private boolean isHere(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || localAddresses.contains(address);
    }

    private record Endpoint(InetAddress address, int port) {}
}
