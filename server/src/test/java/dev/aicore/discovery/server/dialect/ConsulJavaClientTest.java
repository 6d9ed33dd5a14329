package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs an unchanged Consul client in plain Java, with its cache of healthy instances and two checks. */
@Tag("clients")
class ConsulJavaClientTest {

    private static final Path BUILD = Path.of("..", "examples", "consul-java", "target");

    @Test
    void javaClient_followsAnInstanceWithTwoChecks(@TempDir Path directory) throws Exception {
        assertThat(BUILD.resolve("lib"))
                .as("the example is built: mvn -f examples/consul-java/pom.xml process-classes")
                .isDirectory();
        var output = directory.resolve("output.txt");
        try (var server = DialectServer.start(directory.resolve("data"))) {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            BUILD.resolve("classes")
                                    + File.pathSeparator
                                    + BUILD.resolve("lib").resolve("*"),
                            "dev.aicore.discovery.examples.consuljava.ConsulJavaExample",
                            "127.0.0.1:" + server.port())
                    .redirectOutput(output.toFile())
                    .redirectError(directory.resolve("errors.txt").toFile())
                    .start();
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(Files.readString(output))
                    .as(Files.readString(directory.resolve("errors.txt")))
                    .isEqualTo("""
                            cache started: no instances
                            both checks pass: one instance
                            warning: queue is long
                            in maintenance: no instances
                            after it: one instance
                            deregistered: gone
                            """);
            assertThat(process.exitValue()).isZero();
        }
    }
}
