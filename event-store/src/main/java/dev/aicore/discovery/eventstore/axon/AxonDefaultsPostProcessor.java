package dev.aicore.discovery.eventstore.axon;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Switches off what Axon would do unasked: look for its server, schedule a task for each message, call home. */
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
        // Axon asks the JVM for this one, not the environment.
        if (System.getProperty(UPDATE_CHECKER_OFF) == null) {
            System.setProperty(UPDATE_CHECKER_OFF, "true");
        }
    }
}
