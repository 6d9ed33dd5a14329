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
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Spring application with Spring Cloud's Eureka client: the example of the repository, as a process. */
final class EurekaClientProcess implements AutoCloseable {

    private static final Path BUILD = Path.of("..", "examples", "eureka", "target");
    private static final String ANSWER = "> ";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final PrintStream commands;
    private String instanceId = "";

    private EurekaClientProcess(Process process) {
        this.process = process;
        // Read all the time: a full pipe would block the process at its next line.
        Thread.startVirtualThread(() -> read(process.inputReader(StandardCharsets.UTF_8)));
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Starts the application; returns when it is running.
     *
     * @param url registry, as the client's only changed setting
     */
    static EurekaClientProcess start(String url) throws IOException, InterruptedException {
        assertThat(Files.isDirectory(BUILD.resolve("lib")))
                .as("the example is built: mvn -f examples/eureka/pom.xml process-classes")
                .isTrue();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        BUILD.resolve("classes")
                                + File.pathSeparator
                                + BUILD.resolve("lib").resolve("*"),
                        "dev.aicore.discovery.examples.eureka.EurekaExample",
                        "--eureka.client.service-url.defaultZone=" + url,
                        "--eureka.client.registry-fetch-interval-seconds=1",
                        "--eureka.client.initial-instance-info-replication-interval-seconds=1",
                        "--eureka.instance.lease-renewal-interval-in-seconds=1")
                .redirectErrorStream(true)
                .start();
        var client = new EurekaClientProcess(process);
        client.instanceId = client.answer().substring("ready ".length());
        return client;
    }

    String instanceId() {
        return instanceId;
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
        assertThat(process.waitFor()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
