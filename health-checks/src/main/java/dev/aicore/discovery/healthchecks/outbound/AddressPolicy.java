package dev.aicore.discovery.healthchecks.outbound;

import dev.aicore.discovery.config.settings.AddressRange;
import dev.aicore.discovery.config.settings.OutboundSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which addresses may be connected to. An address must pass every rule:
 *
 * <ol>
 *   <li>it isn't in the {@link BuiltInDenyList};
 *   <li>it isn't one of the registry's own endpoints;
 *   <li>it isn't in a range that the settings deny;
 *   <li>it isn't a loopback address, unless the environment is development;
 *   <li>it is in a range that the settings allow, if they allow any.
 * </ol>
 *
 * <p>An IPv6 address that embeds an IPv4 address is denied if rules 1 to 4 deny either of them; rule 5 applies to the
 * IPv6 address.
 *
 * <p>Without state, except for the reserved endpoints, which may grow. Neither blocks nor resolves names.
 */
public final class AddressPolicy {

    private final List<AddressRange> allowed;
    private final List<AddressRange> denied;
    private final boolean loopback;
    private final DeniedRegistryEndpoints deniedRegistryEndpoints;

    /**
     * Creates a policy.
     *
     * @param development whether loopback addresses are allowed
     * @param deniedRegistryEndpoints the registry's own endpoints, consulted at each check
     */
    public AddressPolicy(
            OutboundSettings settings, boolean development, DeniedRegistryEndpoints deniedRegistryEndpoints) {
        this.allowed = settings.allowed();
        this.denied = settings.denied();
        this.loopback = development;
        this.deniedRegistryEndpoints = deniedRegistryEndpoints;
    }

    /** Returns the reason why this port of this address may not be connected to; null if it may. */
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
        if (deniedRegistryEndpoints.contains(address, port)) {
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
