package dev.aicore.discovery.config.outbound;

import dev.aicore.discovery.config.settings.AddressRange;
import dev.aicore.discovery.config.settings.OutboundSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be reached. An address must pass all of it: what is always denied, the registry's own
 * endpoints, the ranges denied by settings, loopback, which is for development alone, and the ranges allowed by settings, if any. An IPv6 address that is
 * another spelling of an IPv4 one must pass as that one too.
 *
 * <p>Pure but for the endpoints, which may grow; it neither blocks nor looks anything up.
 */
public final class AddressPolicy {

    private final List<AddressRange> allowed;
    private final List<AddressRange> denied;
    private final boolean loopback;
    private final OwnEndpoints own;

    /**
     * @param development whether loopback may be reached
     * @param own asked at each check
     */
    public AddressPolicy(OutboundSettings settings, boolean development, OwnEndpoints own) {
        this.allowed = settings.allowed();
        this.denied = settings.denied();
        this.loopback = development;
        this.own = own;
    }

    /** Why that port of that address may not be reached; null if it may. */
    public @Nullable Denial denial(InetAddress address, int port) {
        var denial = denialOfSpelling(address, port);
        if (denial == null) {
            denial = denialOfEmbedded(address, port);
        }
        return denial != null || isAllowed(address) ? denial : Denial.NOT_ALLOWED;
    }

    private @Nullable Denial denialOfEmbedded(InetAddress address, int port) {
        for (var embedded : EmbeddedIpv4.within(address.getAddress())) {
            var denial = denialOfSpelling(ipv4(embedded), port);
            if (denial != null) {
                return denial;
            }
        }
        return null;
    }

    private @Nullable Denial denialOfSpelling(InetAddress address, int port) {
        var always = AlwaysDenied.denial(address.getAddress());
        if (always != null) {
            return always;
        }
        if (own.contains(address, port)) {
            return Denial.OWN_ENDPOINT;
        }
        if (AddressRange.anyContains(denied, address)) {
            return Denial.DENIED_RANGE;
        }
        return address.isLoopbackAddress() && !loopback ? Denial.LOOPBACK : null;
    }

    private boolean isAllowed(InetAddress address) {
        return allowed.isEmpty() || AddressRange.anyContains(allowed, address);
    }

    private static InetAddress ipv4(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("An IPv4 address has 4 bytes, not " + address.length, impossible);
        }
    }
}
