package dev.aicore.discovery.healthchecks.outbound;

import dev.aicore.discovery.web.HostNormalizer;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the host of a declaration. An IPv4 address is four decimal numbers without leading zeros. Its decimal, octal,
 * hexadecimal and shortened spellings (inet_aton) are refused rather than resolved, since resolvers take them for
 * addresses and disagree about which. A name whose last label looks like a number is refused too, as in the WHATWG URL
 * standard.
 *
 * @param host host in the registry's canonical form
 * @param literal the address, null if the host is a name
 */
record ParsedHost(String host, @Nullable InetAddress literal) {

    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
    private static final Pattern LEADING_ZERO = Pattern.compile("(.*\\.)?0[0-9].*");

    /** Returns the parsed host; null if it is neither an address nor a name. */
    static @Nullable ParsedHost of(String host) {
        var normal = HostNormalizer.normalize(host);
        if (normal == null) {
            return null;
        }
        if (normal.indexOf(':') < 0 && !endsInNumber(normal)) {
            return new ParsedHost(normal, null);
        }
        var bytes = LEADING_ZERO.matcher(normal).matches() ? null : NetUtil.createByteArrayFromIpAddressString(normal);
        return bytes == null ? null : literal(bytes);
    }

    private static boolean endsInNumber(String name) {
        return NUMBER_AT_THE_END.matcher(name).matches();
    }

    private static ParsedHost literal(byte[] bytes) {
        try {
            // Turns a mapped address into the IPv4 address that it stands for.
            var address = InetAddress.getByAddress(bytes);
            return new ParsedHost(NetUtil.toAddressString(address), address);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("An address can't have " + bytes.length + " bytes.", impossible);
        }
    }
}
