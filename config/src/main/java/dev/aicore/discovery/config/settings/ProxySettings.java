package dev.aicore.discovery.config.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who is believed about the addresses of callers.
 *
 * @param trustedProxies ranges in CIDR notation; none believes nobody
 */
@ConfigurationProperties("service-discovery.server")
public record ProxySettings(List<String> trustedProxies) {

    public ProxySettings {
        trustedProxies = AddressRange.listed("server.trusted_proxies", trustedProxies);
    }

    /** The same, parsed. */
    public List<AddressRange> trusted() {
        return trustedProxies.stream().map(AddressRange::of).toList();
    }
}
