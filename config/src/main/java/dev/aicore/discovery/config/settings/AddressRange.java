package dev.aicore.discovery.config.settings;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Range of IP addresses of one family in CIDR notation (RFC 4632, RFC 4291 section 2.3).
 *
 * <p>Only the bits are compared: an IPv4 range does not contain the IPv6 spellings of its addresses. Immutable. Netty's
 * {@code IpSubnetFilterRule} accepts bits that are set after the prefix, which are a mistake in a setting.
 */
public final class AddressRange {

    /** Describes a valid range, for error messages. */
    public static final String EXPECTED =
            "an address range such as 10.0.0.0/8, 192.0.2.7 or fd00::/8, no bits set after its prefix";

    private static final int MAX_LISTED = 1_024;

    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Parses a range without a name lookup. Returns null if the text is not a valid range.
     *
     * @param text range in CIDR notation; an address without a prefix is a range of one address
     */
    public static @Nullable AddressRange parse(String text) {
        int slash = text.indexOf('/');
        // Netty turns any IPv6 address with an embedded IPv4 address into an IPv4-mapped address, so these spellings
        // are refused.
        if (text.indexOf(':') >= 0 && text.indexOf('.') >= 0) {
            return null;
        }
        var network = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (network == null || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return null;
        }
        int bits = network.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
        var range = new AddressRange(network, prefix);
        return prefix >= 0 && prefix <= bits && range.endsInZeros() ? range : null;
    }

    /** Validates the ranges of a setting and returns them; an absent setting has no ranges. */
    static List<String> listed(String key, @Nullable List<String> ranges) {
        if (ranges == null) {
            return List.of();
        }
        SettingConstraints.between(key, ranges.size(), 0, MAX_LISTED);
        for (var range : ranges) {
            if (parse(range) == null) {
                throw InvalidSettingException.of(key, range, EXPECTED);
            }
        }
        return List.copyOf(ranges);
    }

    /**
     * Parses a range that is a constant of the code.
     *
     * @throws IllegalArgumentException if the text is not a valid range
     */
    public static AddressRange of(String text) {
        var range = parse(text);
        if (range == null) {
            throw new IllegalArgumentException("'" + text + "' isn't " + EXPECTED);
        }
        return range;
    }

    /** Returns true if one of the ranges contains the address. */
    public static boolean anyContains(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    /**
     * Returns true if the range contains the address.
     *
     * @param address 4 or 16 bytes, highest first
     */
    public boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        int rest = prefix % Byte.SIZE;
        return Arrays.equals(address, 0, whole, network, 0, whole)
                && (rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
    }

    private boolean endsInZeros() {
        for (int bit = prefix; bit < network.length * Byte.SIZE; bit++) {
            if ((network[bit / Byte.SIZE] & (0x80 >>> (bit % Byte.SIZE))) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int prefix(String text) {
        return text.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(text) : -1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressRange range && prefix == range.prefix && Arrays.equals(network, range.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(network) + "/" + prefix;
    }
}
