package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Eureka's own server, from the build of {@code bench/eureka}, as a process. */
final class EurekaServerProcess implements AutoCloseable {

    private static final Path BUILD = Path.of("..", "bench", "eureka", "target");
    private static final String READY = "Eureka is ready on ";

    private final Process process;
    private final int port;

    private EurekaServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the server without the cache that delays its answers; returns when it serves. */
    static EurekaServerProcess start() throws IOException {
        assertThat(Files.isDirectory(BUILD.resolve("lib")))
                .as("Eureka's server is built: mvn -f bench/eureka/pom.xml process-classes")
                .isTrue();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        BUILD.resolve("classes")
                                + File.pathSeparator
                                + BUILD.resolve("lib").resolve("*"),
                        "dev.aicore.discovery.bench.eureka.EurekaServer",
                        "--eureka.server.use-read-only-response-cache=false",
                        "--eureka.server.enable-self-preservation=false")
                .redirectErrorStream(true)
                .start();
        var output = process.inputReader(StandardCharsets.UTF_8);
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                Thread.startVirtualThread(() -> output.lines().forEach(_ -> {}));
                return new EurekaServerProcess(process, Integer.parseInt(line.substring(READY.length())));
            }
        }
        throw new IOException("Eureka did not start.");
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
