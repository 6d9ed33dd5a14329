package dev.aicore.discovery.projection.axonserver;

import dev.aicore.discovery.config.settings.AxonServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * {@link FactExportContract} with a real node of Axon Server: {@code AXON_SERVER_ADDRESS} is HOST:PORT,
 * {@code AXON_SERVER_CONTEXT} a classic context, {@code default} if it isn't set, {@code AXON_SERVER_TOKEN} the access
 * token, if there is one.
 */
@EnabledIfEnvironmentVariable(named = "AXON_SERVER_ADDRESS", matches = ".+")
final class FactExportToNodeTest extends FactExportContract {

    @Override
    AxonServerSettings settings() {
        return new AxonServerSettings(
                List.of(System.getenv("AXON_SERVER_ADDRESS")),
                Optional.ofNullable(System.getenv("AXON_SERVER_CONTEXT")).orElse("default"),
                System.getenv("AXON_SERVER_TOKEN"),
                false,
                null,
                50,
                Duration.ofSeconds(10),
                Duration.ofMillis(100));
    }
}
