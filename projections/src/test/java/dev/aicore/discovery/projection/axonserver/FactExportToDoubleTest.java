package dev.aicore.discovery.projection.axonserver;

import dev.aicore.discovery.config.settings.AxonServerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@link FactExportContract} with the double. */
final class FactExportToDoubleTest extends FactExportContract {

    private static AxonServerDouble server;

    @BeforeAll
    static void start() {
        server = new AxonServerDouble("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    AxonServerSettings settings() {
        return FactExportFixture.settings(server.address(), AxonServerDouble.CONTEXT);
    }
}
