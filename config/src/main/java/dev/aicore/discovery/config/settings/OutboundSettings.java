package dev.aicore.discovery.config.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the registry may connect when an instance's declaration says where, as health checks do. Its own stores aren't meant.
 *
 * @param allow ranges in CIDR notation; none allows everything that isn't denied
 * @param deny  ranges in CIDR notation; stronger than those allowed
 */
@ConfigurationProperties("service-discovery.outbound")
public record OutboundSettings(List<String> allow, List<String> deny) {

    private static final int MOST_RANGES = 1_024;

    public OutboundSettings {
        allow = ranges("outbound.allow", allow);
        deny = ranges("outbound.deny", deny);
    }

    public List<AddressRange> allowed() {
        return allow.stream().map(AddressRange::of).toList();
    }

    public List<AddressRange> denied() {
        return deny.stream().map(AddressRange::of).toList();
    }

    private static List<String> ranges(String key, @Nullable List<String> ranges) {
        if (ranges == null) {
            return List.of();
        }
        Bounds.between(key, ranges.size(), 0, MOST_RANGES);
        for (var range : ranges) {
            if (AddressRange.parse(range) == null) {
                throw InvalidSetting.of(key, range, AddressRange.EXPECTED);
            }
        }
        return List.copyOf(ranges);
    }
}
