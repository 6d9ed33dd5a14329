package dev.aicore.discovery.web;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts host names and addresses to the registry's canonical form. */
public final class HostNormalizer {

    /** The rule in words. */
    public static final String EXPECTED = "an IP address or a host name of at most 253 characters";

    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

    private HostNormalizer() {}

    /**
     * Returns the canonical form: host names in lower case, IPv6 addresses as in RFC 5952 without brackets, and
     * IPv4-mapped IPv6 addresses as IPv4 addresses. Resolves no names.
     *
     * @return null if the text is neither an address nor a host name
     */
    public static @Nullable String normalize(String host) {
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf(':') >= 0) {
            return bare.indexOf('%') < 0 ? normalizeIpv6(bare) : null;
        }
        if (NUMERIC.matcher(bare).matches()) {
            return NetUtil.isValidIpV4Address(bare) ? bare : null;
        }
        var name = bare.toLowerCase(Locale.ROOT);
        return NAME.matcher(name).matches() ? name : null;
    }

    /** Returns the canonical form of an IPv6 address. Java converts an IPv4-mapped one to IPv4 (RFC 4291, 2.5.5.2). */
    private static @Nullable String normalizeIpv6(String text) {
        var bytes = NetUtil.isValidIpV6Address(text) ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        try {
            return bytes == null ? null : NetUtil.toAddressString(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
