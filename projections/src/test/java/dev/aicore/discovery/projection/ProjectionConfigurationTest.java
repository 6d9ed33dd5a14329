package dev.aicore.discovery.projection;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.expired;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventProcessor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the projections by Axon's configuration, as in the server. */
@Tag("integration")
class ProjectionConfigurationTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @Test
    void axonConfiguration_runsOneProjectionProcessor() {
        try (var store = new ReadModelStoreFixture(POSTGRES);
                var projectionRuntime = new ProjectionRuntime(store.access, ReadModelStoreFixture.SETTINGS)) {
            var configurer = DefaultConfigurer.defaultConfiguration(false);
            projectionRuntime.register(configurer.eventProcessing());
            var axon = configurer.start();
            projectionRuntime.start();
            long last = store.append(1, registered("a", 0), expired("a"));

            store.awaitTrue(() -> projectionRuntime.watermarks().position("instances") >= last
                    && projectionRuntime.watermarks().position("audit") >= last
                    && projectionRuntime.watermarks().position("configurations") >= last);

            assertThat(axon.eventProcessingConfiguration().eventProcessors().values())
                    .hasSize(1)
                    .allMatch(EventProcessor::isRunning);
            assertThat(store.texts("SELECT concat_ws(' ', id, lease) FROM models.instances"))
                    .containsExactly("a expired");
            assertThat(POSTGRES.number("SELECT count(*) FROM models.audit")).isEqualTo(2);
            axon.shutdown();
        }
    }
}
