package dev.aicore.discovery.config.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the egress policy: the addresses that the registry may connect to because an instance's declaration names
 * them, as health checks do. The registry's connections to its own stores are not restricted.
 *
 * @param allow ranges in CIDR notation; empty allows everything that is not denied
 * @param deny ranges in CIDR notation; takes precedence over {@code allow}
 */
@ConfigurationProperties("service-discovery.outbound")
public record OutboundSettings(List<String> allow, List<String> deny) {

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
