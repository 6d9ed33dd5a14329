package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Spring application with Spring Cloud Consul: an example of the repository, as a process. */
final class SpringConsulProcess implements AutoCloseable {

    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final String PACKAGE = "dev.aicore.discovery.examples.";
    private static final String ANSWER = "> ";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final PrintStream commands;
    private final int port;
    private String instanceId = "";

    private SpringConsulProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        // Read all the time: a full pipe would block the process at its next line.
        Thread.startVirtualThread(() -> read(process.inputReader(StandardCharsets.UTF_8)));
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Starts an application that registers itself; returns when it is running.
     *
     * @param registryPort port of the registry, as the client's only changed setting
     * @param port port of the application
     * @param options further settings of the client
     */
    static SpringConsulProcess start(int registryPort, int port, String... options)
            throws IOException, InterruptedException {
        var settings = new ArrayList<>(List.of("--server.port=" + port));
        settings.addAll(List.of(options));
        return start("consul", "consul.ConsulExample", registryPort, port, settings);
    }

    /**
     * Starts an application that imports its configuration and doesn't register; returns when it is running.
     *
     * @param registryPort port of the registry
     * @param options further settings of the client
     */
    static SpringConsulProcess startConfigured(int registryPort, String... options)
            throws IOException, InterruptedException {
        return start("consul-config", "consulconfig.ConsulConfigExample", registryPort, 0, List.of(options));
    }

    private static SpringConsulProcess start(
            String example, String mainClass, int registryPort, int port, List<String> options)
            throws IOException, InterruptedException {
        var build = EXAMPLES.resolve(example).resolve("target");
        assertThat(Files.isDirectory(build.resolve("lib")))
                .as("the example is built: mvn -f examples/" + example + "/pom.xml process-classes")
                .isTrue();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                build.resolve("classes")
                        + File.pathSeparator
                        + build.resolve("lib").resolve("*"),
                PACKAGE + mainClass,
                "--spring.cloud.consul.port=" + registryPort));
        command.addAll(options);
        var client = new SpringConsulProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start(), port);
        client.instanceId = client.answer().substring("ready ".length());
        return client;
    }

    /** Returns the id of the instance, or the name of the application if it doesn't register. */
    String instanceId() {
        return instanceId;
    }

    int port() {
        return port;
    }

    /** Sends a command and returns its answer. */
    String send(String command) throws InterruptedException {
        commands.println(command);
        return answer();
    }

    private void read(BufferedReader output) {
        output.lines().forEach(line -> {
            if (line.startsWith(ANSWER)) {
                answers.add(line.substring(ANSWER.length()));
            } else {
                log.add(line);
            }
        });
    }

    private String answer() throws InterruptedException {
        var answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("The client does not answer:\n" + String.join("\n", log));
        }
        return answer;
    }

    /** Ends the application in order, so that it deregisters. */
    void quit() throws InterruptedException {
        commands.println("quit");
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The client does not end:\n" + String.join("\n", log));
        }
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
