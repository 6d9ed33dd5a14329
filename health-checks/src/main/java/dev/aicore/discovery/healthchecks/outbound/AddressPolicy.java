package dev.aicore.discovery.healthchecks.outbound;

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
    private final ReservedEndpoints reservedEndpoints;

    /**
     * @param development whether loopback may be reached
     * @param reservedEndpoints asked at each check
     */
    public AddressPolicy(OutboundSettings settings, boolean development, ReservedEndpoints reservedEndpoints) {
        this.allowed = settings.allowed();
        this.denied = settings.denied();
        this.loopback = development;
        this.reservedEndpoints = reservedEndpoints;
    }

    /** Why that port of that address may not be reached; null if it may. */
    public @Nullable DenialReason denial(InetAddress address, int port) {
        var denialReason = denialOfSpelling(address, port);
        if (denialReason == null) {
            denialReason = denialOfEmbedded(address, port);
        }
        return denialReason != null || isAllowed(address) ? denialReason : DenialReason.NOT_ALLOWED;
    }

    private @Nullable DenialReason denialOfEmbedded(InetAddress address, int port) {
        for (var embedded : EmbeddedIpv4Addresses.within(address.getAddress())) {
            var denialReason = denialOfSpelling(ipv4(embedded), port);
            if (denialReason != null) {
                return denialReason;
            }
        }
        return null;
    }

    private @Nullable DenialReason denialOfSpelling(InetAddress address, int port) {
        var always = BuiltInDenyList.denial(address.getAddress());
        if (always != null) {
            return always;
        }
        if (reservedEndpoints.contains(address, port)) {
            return DenialReason.OWN_ENDPOINT;
        }
        if (AddressRange.anyContains(denied, address)) {
            return DenialReason.DENIED_RANGE;
        }
        return address.isLoopbackAddress() && !loopback ? DenialReason.LOOPBACK : null;
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
