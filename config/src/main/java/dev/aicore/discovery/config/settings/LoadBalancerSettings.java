package dev.aicore.discovery.config.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of load balancing.
 *
 * @param defaultStrategy strategy of a request that names none; one of {@link #STRATEGIES}
 */
@ConfigurationProperties("service-discovery.load-balancer")
public record LoadBalancerSettings(String defaultStrategy) {

    public static final List<String> STRATEGIES =
            List.of("round_robin", "weighted", "least_connections", "consistent_hash", "ip_hash", "random", "p2c");

    public LoadBalancerSettings {
        defaultStrategy = SettingConstraints.oneOf("load_balancer.default_strategy", defaultStrategy, STRATEGIES);
    }
}
