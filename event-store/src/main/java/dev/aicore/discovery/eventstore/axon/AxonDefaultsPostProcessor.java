package dev.aicore.discovery.eventstore.axon;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Disables defaults of Axon: the connection to an Axon Server, a scheduled task per message, and the check for updates.
 */
final class AxonDefaultsPostProcessor implements EnvironmentPostProcessor {

    private static final String UPDATE_CHECKER_OFF = "axoniq.update-checker.disabled";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "axon defaults",
                        Map.of(
                                "axon.axonserver.enabled", "false",
                                "axon.timeout.enabled", "false")));
        // Axon reads this property from the JVM, not from the environment.
        if (System.getProperty(UPDATE_CHECKER_OFF) == null) {
            System.setProperty(UPDATE_CHECKER_OFF, "true");
        }
    }
}
