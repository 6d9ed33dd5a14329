package dev.aicore.discovery.healthchecks.outbound;

import dev.aicore.discovery.config.settings.OutboundSettings;
import java.net.InetAddress;
import java.util.List;

/** Policies to test with. */
public final class TestPolicies {

    private TestPolicies() {}

    /** As in development, without settings. */
    public static AddressPolicy development() {
        return new AddressPolicy(new OutboundSettings(List.of(), List.of()), true, noneOwn());
    }

    /** As anywhere else, without settings: loopback is denied. */
    public static AddressPolicy production() {
        return new AddressPolicy(new OutboundSettings(List.of(), List.of()), false, noneOwn());
    }

    /** As in development, with a range denied. */
    public static AddressPolicy denying(String... ranges) {
        return new AddressPolicy(new OutboundSettings(List.of(), List.of(ranges)), true, noneOwn());
    }

    static AddressPolicy allowing(String... ranges) {
        return new AddressPolicy(new OutboundSettings(List.of(ranges), List.of()), true, noneOwn());
    }

    static ReservedEndpoints noneOwn() {
        return new ReservedEndpoints(List.<InetAddress>of(), InetAddress::getAllByName);
    }
}
