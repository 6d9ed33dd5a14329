package dev.aicore.discovery.healthchecks.outbound;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A target that passed the egress policy, and the single address of it to connect to. Only {@link Egress} creates
 * instances. Clients take no other type as a target and never resolve names.
 */
public final class AllowedAddress {

    private final String host;
    private final InetSocketAddress address;

    AllowedAddress(String host, InetAddress address, int port) {
        this.host = host;
        this.address = new InetSocketAddress(named(host, address), port);
    }

    /** Returns the host as declared: the name that TLS verifies and that requests carry. */
    public String host() {
        return host;
    }

    public int port() {
        return address.getPort();
    }

    /** Returns {@code host:port}, with brackets around an IPv6 address. */
    public String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port();
    }

    /** Returns the resolved address, which carries the host's name. */
    InetSocketAddress socketAddress() {
        return address;
    }

    private static InetAddress named(String host, InetAddress address) {
        try {
            return address instanceof Inet6Address six
                    ? Inet6Address.getByAddress(host, six.getAddress(), six.getScopeId())
                    : InetAddress.getByAddress(host, address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(NetUtil.toAddressString(address) + " is not an address.", impossible);
        }
    }

    @Override
    public String toString() {
        return authority() + " at " + NetUtil.toAddressString(address.getAddress());
    }
}
