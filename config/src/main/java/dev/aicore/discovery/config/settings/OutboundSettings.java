package dev.aicore.discovery.config.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the registry may connect when an instance's declaration says where, as health checks do. Its own stores aren't meant.
 *
 * @param allow ranges in CIDR notation; none allows everything that isn't denied
 * @param deny  ranges in CIDR notation; stronger than those allowed
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
