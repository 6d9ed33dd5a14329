package dev.aicore.discovery.config.axon;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Switches off what Axon would do unasked: look for its server, schedule a task for each message, call home. */
final class AxonDefaults implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "axon defaults",
                        Map.of(
                                "axon.axonserver.enabled", "false",
                                "axon.timeout.enabled", "false",
                                "axoniq.update-checker.disabled", "true")));
    }
}
