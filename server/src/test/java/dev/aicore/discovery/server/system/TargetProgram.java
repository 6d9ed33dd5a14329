package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Example target for health checks, in a child process. */
final class TargetProgram implements AutoCloseable {

    private static final Pattern FIRST_LINE = Pattern.compile("target http://127.0.0.1:([0-9]+) control http://.*");

    private final Process process;
    private final BufferedReader said;
    private final int port;

    private TargetProgram(Process process, BufferedReader said, int port) {
        this.process = process;
        this.said = said;
        this.port = port;
    }

    static TargetProgram start() throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        Path.of("..", "examples", "java", "Target.java").toString(),
                        "0",
                        "0")
                .redirectErrorStream(true)
                .start();
        var said = process.inputReader(StandardCharsets.UTF_8);
        var first = FIRST_LINE.matcher(String.valueOf(said.readLine()));
        assertThat(first.matches()).as("first line of the target program").isTrue();
        return new TargetProgram(process, said, Integer.parseInt(first.group(1)));
    }

    int port() {
        return port;
    }

    /** Changes the behaviour, e.g. to {@code failing}. */
    void become(String word) {
        try {
            var words = process.outputWriter(StandardCharsets.UTF_8);
            words.write(word + "\n");
            words.flush();
            assertThat(said.readLine()).isEqualTo("now " + word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
