package dev.aicore.discovery.web;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What counts as one caller among those who don't say who they are: an IPv4 address, or the /64 that an IPv6 site can pick from. */
public final class ClientNetwork {

    private static final int PREFIX_BYTES = 8;

    private ClientNetwork() {}

    /** Returns the network that a request comes from. */
    public static String of(ServerHttpRequest request) {
        return of(addressOf(request));
    }

    /** Returns the other end of the connection, or whom trusted proxies there tell of; null if it isn't known. */
    public static @Nullable InetAddress addressOf(ServerHttpRequest request) {
        var remote = request.getRemoteAddress();
        return remote == null ? null : remote.getAddress();
    }

    /** Returns the same of an address as text; what is no address counts as not known. */
    public static String of(String address) {
        return of(NetUtil.createInetAddressFromIpAddressString(address));
    }

    /**
     * Returns what identifies the network of that address.
     *
     * @param address null for one that isn't known; all of those are one network
     */
    public static String of(@Nullable InetAddress address) {
        if (address == null) {
            return "unknown";
        }
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) {
            return address.getHostAddress();
        }
        var bytes = address.getAddress();
        Arrays.fill(bytes, PREFIX_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Sixteen bytes are an address.", e);
        }
    }
}
