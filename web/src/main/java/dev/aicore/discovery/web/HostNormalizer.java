package dev.aicore.discovery.web;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses as people write them, in the one form in which the registry keeps them. */
public final class HostNormalizer {

    /** The rule in words. */
    public static final String EXPECTED = "an IP address or a host name of at most 253 characters";

    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

    private HostNormalizer() {}

    /**
     * Host names in lower case, IPv6 addresses as in RFC 5952 and without brackets, IPv4 addresses that are mapped into IPv6 as
     * themselves.
     *
     * @return null if it is neither an address nor a host name; nothing is looked up
     */
    public static @Nullable String normal(String host) {
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf(':') >= 0) {
            return bare.indexOf('%') < 0 ? ofSixteenBytes(bare) : null;
        }
        if (NUMERIC.matcher(bare).matches()) {
            return NetUtil.isValidIpV4Address(bare) ? bare : null;
        }
        var name = bare.toLowerCase(Locale.ROOT);
        return NAME.matcher(name).matches() ? name : null;
    }

    /** Java makes an IPv4 address of one that is mapped (RFC 4291, 2.5.5.2). */
    private static @Nullable String ofSixteenBytes(String text) {
        var bytes = NetUtil.isValidIpV6Address(text) ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        try {
            return bytes == null ? null : NetUtil.toAddressString(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
