package dev.aicore.discovery.healthchecks.outbound;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds the ports of the registry and of its stores, which no declared target may use. Endpoints are added when they
 * become known: the port of an embedded store, or of a server bound to port 0, isn't known at first. Thread-safe.
 */
public final class DeniedRegistryEndpoints {

    /**
     * Upper bound of the remote endpoints, since a name may resolve to other addresses each time. Further ones aren't
     * added.
     */
    private static final int MAX_REMOTE = 1_000;

    /** Resolves names. May block. */
    @FunctionalInterface
    public interface HostLookup {
        /** Returns all addresses of a name, at least one. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Set<InetAddress> localAddresses;
    private final HostLookup hostLookup;
    private final Set<Integer> localPorts = ConcurrentHashMap.newKeySet();
    private final Set<Endpoint> remoteEndpoints = ConcurrentHashMap.newKeySet();

    /**
     * Creates an empty set.
     *
     * @param here addresses of this machine; loopback addresses need not be included
     */
    public DeniedRegistryEndpoints(Collection<InetAddress> here, HostLookup hostLookup) {
        this.localAddresses = Set.copyOf(here);
        this.hostLookup = hostLookup;
    }

    /**
     * Creates an empty set with the addresses of this machine's network interfaces. Reads them once, which blocks
     * briefly; an address that the machine gets later isn't known.
     */
    public static DeniedRegistryEndpoints ofThisMachine() {
        try {
            return new DeniedRegistryEndpoints(
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .toList(),
                    InetAddress::getAllByName);
        } catch (SocketException unreadable) {
            throw new IllegalStateException("The addresses of this machine can't be read.", unreadable);
        }
    }

    /** Adds a port at each address of this machine. */
    public DeniedRegistryEndpoints addHere(int port) {
        localPorts.add(port);
        return this;
    }

    /** Adds a port at an address, and at each address of this machine if the address is one of them. */
    public DeniedRegistryEndpoints add(InetAddress address, int port) {
        if (isHere(address)) {
            return addHere(port);
        }
        if (remoteEndpoints.size() < MAX_REMOTE) {
            remoteEndpoints.add(new Endpoint(address, port));
        }
        return this;
    }

    /**
     * Adds a port at each address of a name. Resolves the name now, which blocks.
     *
     * @throws UnknownHostException if the name has no address now
     */
    public DeniedRegistryEndpoints add(String host, int port) throws UnknownHostException {
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
