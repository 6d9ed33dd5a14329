package dev.aicore.discovery.healthchecks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the example target that users try health checks with. */
class TargetProgramTest {

    private static final Pattern FIRST_LINE = Pattern.compile("target http://127.0.0.1:([0-9]+) control http://.*");

    private final ProberFixture proberFixture = ProberFixture.plain();
    private Process program;
    private BufferedReader said;
    private int port;

    @BeforeEach
    void start() throws IOException {
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Path.of("..", "examples", "java", "Target.java").toString(),
                        "0",
                        "0")
                .redirectErrorStream(true)
                .start();
        said = program.inputReader(StandardCharsets.UTF_8);
        var first = FIRST_LINE.matcher(said.readLine());
        assertThat(first.matches()).as("first line of the target program").isTrue();
        port = Integer.parseInt(first.group(1));
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
        proberFixture.close();
    }

    @Test
    void target_followsHealthCommands() throws Exception {
        assertThat(proberFixture.probe(http())).isEqualTo(ProbeResult.pass("200"));
        sendCommand("failing");
        assertThat(proberFixture.probe(http())).isEqualTo(ProbeResult.fail(CheckFailureCode.STATUS, "500"));
        sendCommand("moved");
        assertThat(proberFixture.probe(http())).isEqualTo(ProbeResult.fail(CheckFailureCode.STATUS, "302"));
        sendCommand("huge");
        assertThat(proberFixture.probe(http()).failure()).isEqualTo(CheckFailureCode.BODY_TOO_LARGE);
        sendCommand("closed");
        assertThat(proberFixture.probe(http()).failure()).isEqualTo(CheckFailureCode.REFUSED);
        sendCommand("healthy");
        assertThat(proberFixture.probe(http())).isEqualTo(ProbeResult.pass("200"));
    }

    @Test
    void slowTarget_timesOutUntilHealthy() throws Exception {
        sendCommand("slow");
        var slow = proberFixture.begin(http());
        var slower = proberFixture.begin(http());
        proberFixture.pass(ProberFixture.TIMEOUT_SECONDS);
        assertThat(ProberFixture.await(slow).failure()).isEqualTo(CheckFailureCode.TIMEOUT);
        assertThat(ProberFixture.await(slower).failure()).isEqualTo(CheckFailureCode.TIMEOUT);
        sendCommand("healthy");
        assertThat(proberFixture.probe(http()).passed()).isTrue();
    }

    @Test
    void tricklingTarget_timesOut() throws Exception {
        sendCommand("trickle");
        var trickling = proberFixture.begin(http());
        proberFixture.pass(ProberFixture.TIMEOUT_SECONDS);
        assertThat(ProberFixture.await(trickling).failure()).isEqualTo(CheckFailureCode.TIMEOUT);
    }

    private void sendCommand(String word) throws IOException {
        var words = program.outputWriter(StandardCharsets.UTF_8);
        words.write(word + "\n");
        words.flush();
        assertThat(said.readLine()).isEqualTo("now " + word);
    }

    private Probe http() {
        return ProberFixture.http(port, Map.of("path", "/health"));
    }
}
