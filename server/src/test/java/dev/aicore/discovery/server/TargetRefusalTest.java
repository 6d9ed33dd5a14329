package dev.aicore.discovery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.aicore.discovery.config.settings.StartFailure;
import org.junit.jupiter.api.Test;

class TargetRefusalTest {

    @Test
    void anUnknownTargetStopsTheStartAndIsToldTheExpectedOnes() {
        assertThat(refusal("--service-discovery.target=queries"))
                .isEqualTo("target is 'queries', expected one of all, command, projections, query");
    }

    @Test
    void aSideAloneNeedsADatabaseThatOthersCanReach() {
        assertThat(refusal("--service-discovery.target=query", "--service-discovery.database.postgres.url="))
                .isEqualTo(
                        "database.postgres.url is missing, expected the URL of a PostgreSQL that all processes of the "
                                + "registry share, since target is 'query': the embedded one serves a single process");
    }

    private static String refusal(String... options) {
        Throwable failure = catchThrowable(() -> ServiceDiscovery.application().run(options));
        return StartFailure.line(failure).orElseThrow(() -> new AssertionError("not one line", failure));
    }
}
