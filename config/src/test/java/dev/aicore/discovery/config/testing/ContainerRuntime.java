package dev.aicore.discovery.config.testing;

import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * Starts servers of the tests in containers if a Docker daemon answers and has the image or can pull it. Otherwise the
 * tests use an embedded server; one line reports which one and why. Both are real servers, and the tests are the same.
 */
final class ContainerRuntime {

    private ContainerRuntime() {}

    /**
     * Starts a container, which ends with the JVM.
     *
     * @param server name of the server, such as {@code PostgreSQL}
     * @param container creates the container; called only if Docker is available
     * @return the container; empty if the server must be an embedded one
     */
    static <C extends GenericContainer<?>> Optional<C> start(String server, String image, Supplier<C> container) {
        var obstacle = whyNot();
        if (obstacle == null) {
            try {
                fetch(image);
                var started = container.get();
                started.start();
                System.out.println("tests: " + server + " in a container of " + image);
                return Optional.of(started);
            } catch (RuntimeException failed) {
                obstacle = "there is no container of it: " + innermost(failed);
            }
        }
        System.out.println("tests: " + server + " embedded, since " + obstacle);
        return Optional.empty();
    }

    /** Checks the image first: without an image registry Testcontainers would try for two minutes. */
    private static void fetch(String image) {
        var docker = DockerClientFactory.instance().client();
        try {
            docker.inspectImageCmd(image).exec();
        } catch (NotFoundException absent) {
            try {
                docker.pullImageCmd(image).start().awaitCompletion();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while " + image + " was pulled.", e);
            }
        }
    }

    private static @Nullable String whyNot() {
        // Testcontainers takes long to find that Docker is absent, so it isn't called without a sign of Docker.
        if (System.getenv("DOCKER_HOST") == null && sockets().noneMatch(Files::exists)) {
            return "there is no Docker";
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return "no Docker daemon answers";
        }
        var host = DockerClientFactory.instance().dockerHostIpAddress();
        return host.equals("localhost") ? null : "Docker runs elsewhere, on " + host;
    }

    private static Stream<Path> sockets() {
        var home = System.getProperty("user.home");
        var runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run");
        return Stream.of(
                Path.of("/var/run/docker.sock"),
                Path.of(runtime, "docker.sock"),
                Path.of(home, ".docker/run/docker.sock"));
    }

    private static String innermost(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
