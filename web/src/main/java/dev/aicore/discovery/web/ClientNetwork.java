package dev.aicore.discovery.web;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Identifies the network of a caller, which counts as one caller without authentication: an IPv4 address, or the /64
 * prefix from which an IPv6 site can choose addresses.
 */
public final class ClientNetwork {

    private static final int PREFIX_BYTES = 8;

    private ClientNetwork() {}

    /** Returns the network of a request. */
    public static String of(ServerHttpRequest request) {
        return of(addressOf(request));
    }

    /**
     * Returns the address of the connection's remote end, or the one that trusted proxies report; null if it isn't
     * known.
     */
    public static @Nullable InetAddress addressOf(ServerHttpRequest request) {
        var remote = request.getRemoteAddress();
        return remote == null ? null : remote.getAddress();
    }

    /** Returns the network of an address in text form; a text that is no address counts as unknown. */
    public static String of(String address) {
        return of(NetUtil.createInetAddressFromIpAddressString(address));
    }

    /**
     * Returns the identifier of an address's network.
     *
     * @param address null if it isn't known; all unknown addresses share one network
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
            throw new IllegalStateException("Failed to format the network of an IPv6 address.", e);
        }
    }
}
