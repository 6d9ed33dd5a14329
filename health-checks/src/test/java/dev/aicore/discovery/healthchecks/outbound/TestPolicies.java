package dev.aicore.discovery.healthchecks.outbound;

import dev.aicore.discovery.config.settings.OutboundSettings;
import java.net.InetAddress;
import java.util.List;

/** Creates policies for tests. */
public final class TestPolicies {

    private TestPolicies() {}

    /** Returns the policy of development without settings. */
    public static AddressPolicy development() {
        return new AddressPolicy(new OutboundSettings(List.of(), List.of()), true, noneOwn());
    }

    /** Returns the policy outside development without settings; it denies loopback. */
    public static AddressPolicy production() {
        return new AddressPolicy(new OutboundSettings(List.of(), List.of()), false, noneOwn());
    }

    /** Returns the policy of development that denies these ranges. */
    public static AddressPolicy denying(String... ranges) {
        return new AddressPolicy(new OutboundSettings(List.of(), List.of(ranges)), true, noneOwn());
    }

    static AddressPolicy allowing(String... ranges) {
        return new AddressPolicy(new OutboundSettings(List.of(ranges), List.of()), true, noneOwn());
    }

    static DeniedRegistryEndpoints noneOwn() {
        return new DeniedRegistryEndpoints(List.<InetAddress>of(), InetAddress::getAllByName);
    }
}
