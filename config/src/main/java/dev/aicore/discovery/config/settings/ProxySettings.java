package dev.aicore.discovery.config.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of trusted proxies, whose headers about the caller's address are accepted.
 *
 * @param trustedProxies ranges in CIDR notation; empty trusts no proxy
 */
@ConfigurationProperties("service-discovery.server")
public record ProxySettings(List<String> trustedProxies) {

    public ProxySettings {
        trustedProxies = AddressRange.listed("server.trusted_proxies", trustedProxies);
    }

    /** Returns the parsed ranges of the trusted proxies. */
    public List<AddressRange> trusted() {
        return trustedProxies.stream().map(AddressRange::of).toList();
    }
}
