package dev.aicore.discovery.healthchecks.outbound;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A target that may be reached, and the one address of it that is connected to. Only {@link Egress} makes them: what opens a
 * connection takes nothing else, and looks nothing up.
 */
public final class AllowedAddress {

    private final String host;
    private final InetSocketAddress address;

    AllowedAddress(String host, InetAddress address, int port) {
        this.host = host;
        this.address = new InetSocketAddress(named(host, address), port);
    }

    /** As declared: what TLS is verified against and what requests call the target. */
    public String host() {
        return host;
    }

    public int port() {
        return address.getPort();
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    public String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port();
    }

    /** Resolved, under the name of the host. */
    InetSocketAddress socketAddress() {
        return address;
    }

    private static InetAddress named(String host, InetAddress address) {
        try {
            return address instanceof Inet6Address six
                    ? Inet6Address.getByAddress(host, six.getAddress(), six.getScopeId())
                    : InetAddress.getByAddress(host, address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(NetUtil.toAddressString(address) + " is no address.", impossible);
        }
    }

    @Override
    public String toString() {
        return authority() + " at " + NetUtil.toAddressString(address.getAddress());
    }
}
