package dev.aicore.discovery.healthchecks.outbound;

import dev.aicore.discovery.config.settings.AddressRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Extracts the IPv4 addresses that an IPv6 address may stand for. The operating system connects to some of them itself;
 * for others a gateway on the route does. Knows mapped and compatible (RFC 4291), translated (RFC 2765), 6to4 (RFC
 * 3056), NAT64 (RFC 6052, RFC 8215), Teredo (RFC 4380) and ISATAP (RFC 5214) addresses. Guava's {@code InetAddresses}
 * knows neither NAT64 nor translated addresses, and {@code java.net} only mapped and compatible ones.
 */
final class EmbeddedIpv4Addresses {

    private static final List<Form> FORMS = List.of(
            new Form(AddressRange.of("::ffff:0:0/96"), 12),
            new Form(AddressRange.of("::/96"), 12),
            new Form(AddressRange.of("::ffff:0:0:0/96"), 12),
            new Form(AddressRange.of("2002::/16"), 2),
            new Form(AddressRange.of("64:ff9b::/96"), 12),
            new Form(AddressRange.of("2001::/32"), 4));

    private static final AddressRange TEREDO = AddressRange.of("2001::/32");
    private static final AddressRange LOCAL_NAT64 = AddressRange.of("64:ff9b:1::/48");

    private EmbeddedIpv4Addresses() {}

    /** Returns the embedded addresses, 4 bytes each; empty if the address embeds none, such as {@code ::1}. */
    static List<byte[]> within(byte[] address) {
        if (address.length != 16 || isUnspecifiedOrLoopback(address)) {
            return List.of();
        }
        var found = new ArrayList<byte[]>(1);
        for (var form : FORMS) {
            if (form.range.contains(address)) {
                found.add(Arrays.copyOfRange(address, form.offset, form.offset + 4));
            }
        }
        if (LOCAL_NAT64.contains(address)) {
            found.addAll(behindLocalPrefix(address));
        }
        if (TEREDO.contains(address)) {
            found.add(inverted(address));
        }
        if (address[9] == 0 && address[10] == 0x5e && address[11] == (byte) 0xfe) {
            found.add(Arrays.copyOfRange(address, 12, 16));
        }
        return found;
    }

    /**
     * Returns the candidates of a local NAT64 prefix. With a prefix of 48 bits, the IPv4 address is split around bits
     * 64 to 71; most gateways use a prefix of 96 bits in this range. Only the gateway knows its length, so both are
     * returned, except for one that is all zeros.
     */
    private static List<byte[]> behindLocalPrefix(byte[] address) {
        var behind96 = Arrays.copyOfRange(address, 12, 16);
        byte[] behind48 = {address[6], address[7], address[9], address[10]};
        if (isNothing(behind48)) {
            return List.of(behind96);
        }
        return isNothing(behind96) ? List.of(behind48) : List.of(behind48, behind96);
    }

    private static boolean isNothing(byte[] address) {
        return Arrays.equals(address, new byte[address.length]);
    }

    /** Returns the client's address, which Teredo stores with every bit inverted. */
    private static byte[] inverted(byte[] address) {
        var turned = Arrays.copyOfRange(address, 12, 16);
        for (int i = 0; i < turned.length; i++) {
            turned[i] = (byte) ~turned[i];
        }
        return turned;
    }

    private static boolean isUnspecifiedOrLoopback(byte[] address) {
        for (int i = 0; i < 15; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[15] == 0 || address[15] == 1;
    }

    private record Form(AddressRange range, int offset) {}
}
