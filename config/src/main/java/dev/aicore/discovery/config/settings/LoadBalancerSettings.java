package dev.aicore.discovery.config.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of load balancing.
 *
 * @param defaultStrategy one of round_robin, weighted, least_connections, consistent_hash, ip_hash, random, p2c;
 *     strategy that orders the answer to a request that names none
 */
@ConfigurationProperties("service-discovery.load-balancer")
public record LoadBalancerSettings(
        @DefaultValue("round_robin") String defaultStrategy) {

    public static final List<String> STRATEGIES =
            List.of("round_robin", "weighted", "least_connections", "consistent_hash", "ip_hash", "random", "p2c");

    public LoadBalancerSettings {
        defaultStrategy = SettingConstraints.oneOf("load_balancer.default_strategy", defaultStrategy, STRATEGIES);
    }
}
