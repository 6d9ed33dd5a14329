package dev.aicore.discovery.command.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example that people try health checks on. */
class TargetProgramTest {

    private static final Pattern FIRST_LINE = Pattern.compile("target http://127.0.0.1:([0-9]+) control http://.*");

    private final Probing probing = Probing.plain();
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
        assertThat(first.matches()).as("its first line").isTrue();
        port = Integer.parseInt(first.group(1));
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
        probing.close();
    }

    @Test
    void isAsWellAsItIsTold() throws Exception {
        assertThat(probing.probe(http())).isEqualTo(ProbeResult.pass("200"));
        tell("failing");
        assertThat(probing.probe(http())).isEqualTo(ProbeResult.fail(CheckFailure.STATUS, "500"));
        tell("moved");
        assertThat(probing.probe(http())).isEqualTo(ProbeResult.fail(CheckFailure.STATUS, "302"));
        tell("huge");
        assertThat(probing.probe(http()).failure()).isEqualTo(CheckFailure.BODY_TOO_LARGE);
        tell("closed");
        assertThat(probing.probe(http()).failure()).isEqualTo(CheckFailure.REFUSED);
        tell("healthy");
        assertThat(probing.probe(http())).isEqualTo(ProbeResult.pass("200"));
    }

    @Test
    void isSlowUntilItIsToldOtherwise() throws Exception {
        tell("slow");
        var slow = probing.begin(http());
        var slower = probing.begin(http());
        probing.pass(Probing.TIMEOUT_SECONDS);
        assertThat(Probing.await(slow).failure()).isEqualTo(CheckFailure.TIMEOUT);
        assertThat(Probing.await(slower).failure()).isEqualTo(CheckFailure.TIMEOUT);
        tell("healthy");
        assertThat(probing.probe(http()).passed()).isTrue();
    }

    @Test
    void itTrickles() throws Exception {
        tell("trickle");
        var trickling = probing.begin(http());
        probing.pass(Probing.TIMEOUT_SECONDS);
        assertThat(Probing.await(trickling).failure()).isEqualTo(CheckFailure.TIMEOUT);
    }

    private void tell(String word) throws IOException {
        var words = program.outputWriter(StandardCharsets.UTF_8);
        words.write(word + "\n");
        words.flush();
        assertThat(said.readLine()).isEqualTo("now " + word);
    }

    private Probe http() {
        return Probing.http(port, Map.of("path", "/health"));
    }
}
