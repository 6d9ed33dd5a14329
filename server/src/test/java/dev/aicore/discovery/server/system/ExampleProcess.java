package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/**
 * Example of the repository as a process. It uses the registry by an unchanged client, carries out commands from its
 * standard input, and answers each in one line.
 */
public final class ExampleProcess implements AutoCloseable {

    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final String ANSWER = "> ";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final PrintStream commands;
    private String instanceId = "";

    private ExampleProcess(Process process) {
        this.process = process;
        // Read all the time: a full pipe would block the process at its next line.
        Thread.startVirtualThread(() -> read(process.inputReader(StandardCharsets.UTF_8)));
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts the Spring application with Spring Cloud's Eureka client; returns when it is running. */
    static ExampleProcess spring(String registry) throws IOException, InterruptedException {
        return java(
                "eureka",
                "eureka.EurekaExample",
                "--eureka.client.service-url.defaultZone=" + registry + "/eureka/",
                "--eureka.client.registry-fetch-interval-seconds=1",
                "--eureka.client.initial-instance-info-replication-interval-seconds=1",
                "--eureka.instance.lease-renewal-interval-in-seconds=1");
    }

    /**
     * Starts a Java example, which must have been built; returns when it is running.
     *
     * @param example name of its directory
     * @param mainClass name relative to the package of the examples
     */
    public static ExampleProcess java(String example, String mainClass, String... options)
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
                "dev.aicore.discovery.examples." + mainClass));
        command.addAll(List.of(options));
        return start(command);
    }

    /** Starts a Node.js example; returns when it has registered itself. */
    static ExampleProcess node(String script, String registry) throws IOException, InterruptedException {
        return start(List.of("node", nodeScript(script), registry));
    }

    /** Returns the path of a Node.js example. The test is skipped if the packages of the example aren't installed. */
    static String nodeScript(String script) {
        var path = EXAMPLES.resolve(script);
        assumeTrue(
                Files.isDirectory(path.resolveSibling("node_modules")),
                "the packages of " + script + " aren't installed: './registry test --clients' installs them by npm");
        return path.toString();
    }

    private static ExampleProcess start(List<String> command) throws IOException, InterruptedException {
        var example = new ExampleProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        example.instanceId = example.answer().substring("ready ".length());
        return example;
    }

    /** Returns the id in the words of the example's client; the name of the application if it doesn't register. */
    public String instanceId() {
        return instanceId;
    }

    /** Sends a command and returns its answer. */
    public String send(String command) throws InterruptedException {
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
            throw new AssertionError("The example does not answer:\n" + String.join("\n", log));
        }
        return answer;
    }

    /** Ends the example in order, so that it deregisters. */
    public void quit() throws InterruptedException {
        commands.println("quit");
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The example does not end:\n" + String.join("\n", log));
        }
        assertThat(process.exitValue()).as(() -> String.join("\n", log)).isZero();
    }

    /** Ends the process like {@code kill -9}, so that it doesn't deregister. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
