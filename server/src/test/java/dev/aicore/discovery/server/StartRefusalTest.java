package dev.aicore.discovery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.aicore.discovery.config.settings.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartRefusalTest {

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

    @Test
    void aDatabaseThatIsNotThereStopsTheStartInOneLine(CapturedOutput output) {
        assertThat(catchThrowable(() -> ServiceDiscovery.application()
                        .run("--service-discovery.database.postgres.url=postgresql://a:secret@127.0.0.1:1/registry")))
                .isNotNull();
        assertThat(output.getErr().lines().filter(line -> line.startsWith("Service Discovery can't start: ")))
                .singleElement(STRING)
                .startsWith(
                        "Service Discovery can't start: the database of database.postgres.url can't be used: Connection to"
                                + " 127.0.0.1:1 refused")
                .doesNotContain("secret");
        assertThat(output).doesNotContain("\tat ");
    }

    private static String refusal(String... options) {
        Throwable failure = catchThrowable(() -> ServiceDiscovery.application().run(options));
        return StartFailure.line(failure).orElseThrow(() -> new AssertionError("not one line", failure));
    }
}
