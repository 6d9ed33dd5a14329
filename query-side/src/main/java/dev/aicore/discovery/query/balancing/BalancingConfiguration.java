package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.instance.InstanceReader;
import dev.aicore.discovery.query.watermark.Visibility;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The route of discovery. */
@Configuration(proxyBeanMethods = false)
public class BalancingConfiguration {

    /** The property that names the strategy of requests that name none; without it, {@code round_robin}. */
    public static final String DEFAULT_STRATEGY = "service-discovery.load-balancer.default-strategy";

    private static final PanicPolicy PANIC = new PanicPolicy(0.3);
    private static final int MOST_TURNS = 10_000;

    @Bean
    Discovery discovery(RandomGenerator random) {
        return new Discovery(PANIC, new Turns(MOST_TURNS, random), random);
    }

    @Bean
    DiscoverController discoverController(
            InstanceReader instances,
            Visibility visibility,
            Discovery discovery,
            Environment environment,
            TimeSource time) {
        return new DiscoverController(instances, visibility, discovery, usual(environment), time);
    }

    private static Strategy usual(Environment environment) {
        String word = environment.getProperty(DEFAULT_STRATEGY, Strategy.ROUND_ROBIN.word());
        var strategy = Strategy.byWord().get(word);
        if (strategy == null || !strategy.isBuilt()) {
            throw new IllegalStateException(
                    "load_balancer.default_strategy is '" + word + "'; this version can do round_robin and random.");
        }
        return strategy;
    }
}
