package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A service of {@code examples/spring} as a process. */
final class SpringServiceProcess implements AutoCloseable {
    private static final Path REPOSITORY = Path.of("..");
    private static final Path BUILD = REPOSITORY.resolve(Path.of("examples", "spring", "target"));

    private final Process process;

    private SpringServiceProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a service; doesn't wait for it.
     *
     * @param main its class below {@code dev.aicore.discovery.examples.spring}
     * @param log receives its output
     */
    static SpringServiceProcess start(String main, String registry, Path log) throws IOException {
        assertThat(Files.isDirectory(BUILD.resolve("lib")))
                .as("the example is built: mvn -pl examples/spring -am process-classes")
                .isTrue();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                "dev.aicore.discovery.examples.spring." + main,
                "--service-discovery.url=" + registry,
                "--service-discovery.cache-directory=",
                "--service-discovery.registration.ttl=15s",
                "--spring.main.banner-mode=off"));
        return new SpringServiceProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start());
    }

    private static String classPath() {
        var modules = Stream.of("spring-boot-starter", "client", "balancing")
                .map(module -> REPOSITORY.resolve(Path.of(module, "target", "classes")))
                .filter(Files::isDirectory);
        return String.join(
                File.pathSeparator,
                Stream.concat(
                                Stream.of(
                                        BUILD.resolve("classes"),
                                        BUILD.resolve("lib").resolve("*")),
                                modules)
                        .map(Path::toString)
                        .toList());
    }

    long pid() {
        return process.pid();
    }

    /** Ends the service by SIGTERM, as an orchestrator does; returns when it has ended. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS))
                .as("the service ends")
                .isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
