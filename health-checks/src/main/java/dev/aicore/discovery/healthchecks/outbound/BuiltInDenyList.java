package dev.aicore.discovery.healthchecks.outbound;

import dev.aicore.discovery.config.settings.AddressRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses that no health check has a reason to connect to. Denied regardless of the settings. */
final class BuiltInDenyList {

    // The metadata addresses come first: some of them are link-local too, and METADATA is the more specific reason.
    private static final List<Entry> ENTRIES = List.of(
            new Entry(DenialReason.METADATA, "169.254.169.254/32"),
            new Entry(DenialReason.METADATA, "169.254.170.2/32"),
            new Entry(DenialReason.METADATA, "169.254.170.23/32"),
            new Entry(DenialReason.METADATA, "100.100.100.200/32"),
            new Entry(DenialReason.METADATA, "168.63.129.16/32"),
            new Entry(DenialReason.METADATA, "192.0.0.192/32"),
            new Entry(DenialReason.METADATA, "fd00:ec2::/32"),
            new Entry(DenialReason.METADATA, "fd20:ce::254/128"),
            new Entry(DenialReason.METADATA, "fd00:42::42/128"),
            new Entry(DenialReason.METADATA, "fd00:c1::a9fe:a9fe/128"),
            new Entry(DenialReason.METADATA, "fd00:100::100:200/128"),
            new Entry(DenialReason.METADATA, "fd00:a9fe:a9fe::1/128"),
            new Entry(DenialReason.UNSPECIFIED, "0.0.0.0/8"),
            new Entry(DenialReason.UNSPECIFIED, "::/128"),
            new Entry(DenialReason.LINK_LOCAL, "169.254.0.0/16"),
            new Entry(DenialReason.LINK_LOCAL, "fe80::/10"),
            new Entry(DenialReason.MULTICAST, "224.0.0.0/4"),
            new Entry(DenialReason.MULTICAST, "ff00::/8"),
            new Entry(DenialReason.BROADCAST, "255.255.255.255/32"));

    private BuiltInDenyList() {}

    /**
     * Returns the reason for denying an address; null if the list doesn't contain it.
     *
     * @param address 4 or 16 bytes
     */
    static @Nullable DenialReason denial(byte[] address) {
        for (var entry : ENTRIES) {
            if (entry.range.contains(address)) {
                return entry.denial;
            }
        }
        return null;
    }

    private record Entry(DenialReason denial, AddressRange range) {
        Entry(DenialReason denial, String range) {
            this(denial, AddressRange.of(range));
        }
    }
}
