package dev.aicore.discovery.access;

import dev.aicore.discovery.config.settings.AddressRange;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import reactor.netty.http.server.ConnectionInfo;

/**
 * Determines the caller's address behind trusted proxies from {@code X-Forwarded-For}. Each proxy appends the address
 * that it was connected to, so the list is read from its end: the first address that isn't a trusted proxy's is the
 * caller's. Earlier entries may be forged.
 */
final class ForwardedAddressResolver implements BiFunction<ConnectionInfo, HttpRequest, ConnectionInfo> {

    private static final String HEADER = "X-Forwarded-For";
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");

    private final List<AddressRange> trusted;

    ForwardedAddressResolver(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    @Override
    public ConnectionInfo apply(ConnectionInfo connection, HttpRequest request) {
        var remote = connection.getRemoteAddress();
        if (remote == null || remote.getAddress() == null || !isTrusted(remote.getAddress())) {
            return connection;
        }
        var caller =
                caller(remote.getAddress(), String.join(",", request.headers().getAll(HEADER)));
        return caller.equals(remote.getAddress())
                ? connection
                : connection.withRemoteAddress(new InetSocketAddress(caller, 0));
    }

    /**
     * Returns the caller's address. If an entry isn't an address, or no entry is left, returns the last trusted
     * address: at first, the proxy's.
     */
    InetAddress caller(InetAddress proxy, String address) {
        var caller = proxy;
        var hops = address.split(",", -1);
        for (int hop = hops.length - 1; hop >= 0 && isTrusted(caller); hop--) {
            var before = NetUtil.createInetAddressFromIpAddressString(withoutPort(hops[hop].strip()));
            if (before == null) {
                return caller;
            }
            caller = before;
        }
        return caller;
    }

    /**
     * Removes the port, which some proxies append: {@code 203.0.113.7:4711}, {@code [2001:db8::7]:4711}, or brackets
     * alone.
     */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end > 0 && isPort(hop.substring(end + 1)) ? hop.substring(1, end) : hop;
        }
        int colon = hop.indexOf(':');
        return colon > 0 && isPort(hop.substring(colon)) ? hop.substring(0, colon) : hop;
    }

    private static boolean isPort(String rest) {
        return rest.isEmpty() || PORT.matcher(rest).matches();
    }

    private boolean isTrusted(InetAddress address) {
        return AddressRange.anyContains(trusted, address);
    }
}
