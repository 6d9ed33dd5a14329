package dev.aicore.discovery.eventstore.axon;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Disables defaults of Axon: the connection to an Axon Server, a scheduled task per message, the check for updates, and
 * what its connector prints and logs while a server is away.
 */
final class AxonDefaultsPostProcessor implements EnvironmentPostProcessor {

    private static final String UPDATE_CHECKER_OFF = "axoniq.update-checker.disabled";
    private static final String DOWNLOAD_MESSAGE_OFF = "axon.axonserver.suppressDownloadMessage";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "axon defaults",
                        Map.of(
                                "axon.axonserver.enabled", "false",
                                "axon.timeout.enabled", "false",
                                // It logs each failed connection attempt with its stack trace; the export logs one.
                                "logging.level.io.axoniq.axonserver.connector", "error")));
        setIfAbsent(UPDATE_CHECKER_OFF);
        setIfAbsent(DOWNLOAD_MESSAGE_OFF);
    }

    /** Sets a property that Axon reads from the JVM, not from the environment. */
    private static void setIfAbsent(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }
}
