package dev.aicore.discovery.config.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the egress policy: the addresses that the registry may connect to because an instance's declaration names
 * them, as health checks do. The registry's connections to its own stores are not restricted.
 *
 * @param allow address ranges, such as 10.0.0.0/8 and fd00::/8, to which health checks may connect; empty = every
 *     address that isn't denied. A list, or a text with commas. Link-local, multicast, unspecified and cloud metadata
 *     addresses, and the registry's own ports and stores, are always denied; loopback is denied outside the development
 *     environment
 * @param deny address ranges to which health checks may not connect; takes precedence over allow. A list, or a text
 *     with commas. A name is refused if one of its addresses is refused
 */
@ConfigurationProperties("service-discovery.outbound")
public record OutboundSettings(
        @DefaultValue List<String> allow, @DefaultValue List<String> deny) {

    public OutboundSettings {
        allow = AddressRange.listed("outbound.allow", allow);
        deny = AddressRange.listed("outbound.deny", deny);
    }

    public List<AddressRange> allowed() {
        return allow.stream().map(AddressRange::of).toList();
    }

    public List<AddressRange> denied() {
        return deny.stream().map(AddressRange::of).toList();
    }
}
