package dev.aicore.discovery.spring;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param first address of the range, or any other address in it
 * @param bits number of leading bits that the addresses of the range share; 0 to 32, or to 128 for IPv6
 */
record NetworkRange(InetAddress first, int bits) {

    NetworkRange {
        if (bits < 0 || bits > 8 * first.getAddress().length) {
            throw new IllegalArgumentException(
                    "The prefix of a network has 0 to %d bits, not %d".formatted(8 * first.getAddress().length, bits));
        }
    }

    /** Parses CIDR notation. An address alone is the range that contains only it. Host names are refused. */
    static NetworkRange parse(String text) {
        var slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException(
                    "A network is an address and its prefix, such as 10.0.0.0/8, not " + text);
        }
        try {
            var first = InetAddress.getByName(address);
            return new NetworkRange(
                    first, slash < 0 ? 8 * first.getAddress().length : Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "A network is an address and its prefix, such as 10.0.0.0/8, not " + text, e);
        }
    }

    boolean contains(InetAddress address) {
        var range = first.getAddress();
        var candidate = address.getAddress();
        if (range.length != candidate.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((range[bit / 8] ^ candidate[bit / 8]) & (0x80 >> bit % 8)) != 0) {
                return false;
            }
        }
        return true;
    }
}
