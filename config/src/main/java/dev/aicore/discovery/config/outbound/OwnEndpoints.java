package dev.aicore.discovery.config.outbound;

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
public final class OwnEndpoints {

    /** Of names that have other addresses each time. */
    private static final int MOST_ELSEWHERE = 1_000;

    /** Where names are looked up. May block. */
    @FunctionalInterface
    public interface Names {
        /** All addresses of a name, one at least. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Set<InetAddress> here;
    private final Names names;
    private final Set<Integer> portsHere = ConcurrentHashMap.newKeySet();
    private final Set<Endpoint> elsewhere = ConcurrentHashMap.newKeySet();

    /** @param here addresses of this machine; those of loopback needn't be named */
    public OwnEndpoints(Collection<InetAddress> here, Names names) {
        this.here = Set.copyOf(here);
        this.names = names;
    }

    /** Reads the network interfaces once, which blocks for a moment. An address that this machine gets later isn't known. */
    public static OwnEndpoints ofThisMachine() {
        try {
            return new OwnEndpoints(
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .toList(),
                    InetAddress::getAllByName);
        } catch (SocketException unreadable) {
            throw new IllegalStateException("The addresses of this machine can't be read.", unreadable);
        }
    }

    /** A port at each address of this machine. */
    public OwnEndpoints addHere(int port) {
        portsHere.add(port);
        return this;
    }

    /** A port at that address, and at each address of this machine if it is one of them. */
    public OwnEndpoints add(InetAddress address, int port) {
        if (isHere(address)) {
            return addHere(port);
        }
        if (elsewhere.size() < MOST_ELSEWHERE) {
            elsewhere.add(new Endpoint(address, port));
        }
        return this;
    }

    /**
     * The same at each address of that name, which are looked up now: that blocks.
     *
     * @throws UnknownHostException if it has none just now
     */
    public OwnEndpoints add(String host, int port) throws UnknownHostException {
        for (var address : names.addresses(host)) {
            add(address, port);
        }
        return this;
    }

    boolean contains(InetAddress address, int port) {
        return (portsHere.contains(port) && isHere(address)) || elsewhere.contains(new Endpoint(address, port));
    }

    private boolean isHere(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || here.contains(address);
    }

    private record Endpoint(InetAddress address, int port) {}
}
