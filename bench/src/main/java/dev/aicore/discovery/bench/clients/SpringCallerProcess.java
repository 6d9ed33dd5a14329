package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.EurekaBuild;
import dev.aicore.discovery.bench.rig.JvmCommand;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Caller with Spring Cloud as a process, which carries out commands. */
final class SpringCallerProcess implements AutoCloseable {

    private static final String MAIN = "dev.aicore.discovery.bench.spring.SpringCaller";

    /** System property of the launcher: class path of the starter and of the client. */
    private static final String STARTER = "bench.starter";

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(30);
    private static final int MAX_LINES = 100_000;
    private static final String OBSERVED = "> ";

    private final Process process;
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>(MAX_LINES);

    private SpringCallerProcess(Process process) {
        this.process = process;
    }

    /**
     * Observation of the caller.
     *
     * @param nanos time of reading, by {@link System#nanoTime()}
     */
    record Line(String text, long nanos) {

        /** Returns a word, from 0. */
        String word(int number) {
            return text.split(" ", -1)[number];
        }
    }

    /** Starts a caller with the starter, which imports its configuration. */
    static SpringCallerProcess ofRegistry(EurekaBuild build, String url) throws IOException, InterruptedException {
        String starter = System.getProperty(STARTER, "");
        if (starter.isEmpty()) {
            throw new IllegalStateException("Only ./registry bench can start a caller with the starter.");
        }
        return start(
                starter + File.pathSeparator + build.classPath(),
                "--eureka.client.enabled=false",
                "--service-discovery.url=" + url,
                "--service-discovery.cache-directory=",
                "--service-discovery.config.start-wait=60s",
                "--spring.config.import=service-discovery:");
    }

    /**
     * Starts a caller with Eureka's client and its defaults. Its transport is Spring's {@code RestClient}, as in an
     * application: the server's own library for HTTP, Jersey, would replace it because it is on the same class path.
     */
    static SpringCallerProcess ofEureka(EurekaBuild build, int port) throws IOException, InterruptedException {
        return start(
                build.classPath(),
                "--eureka.client.service-url.defaultZone=http://127.0.0.1:" + port + "/eureka/",
                "--eureka.client.jersey.enabled=false",
                "--eureka.client.register-with-eureka=false");
    }

    private static SpringCallerProcess start(String classPath, String... arguments)
            throws IOException, InterruptedException {
        var command = JvmCommand.running(MAIN, classPath);
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var caller = new SpringCallerProcess(process);
        Thread.ofPlatform().daemon().name("caller").start(() -> caller.read(process.inputReader()));
        try {
            caller.await("ready", START);
            return caller;
        } catch (IllegalStateException e) {
            caller.close();
            throw e;
        }
    }

    private void read(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!line.startsWith(OBSERVED)) {
                    System.err.println("caller: " + line);
                } else if (!lines.offer(new Line(line.substring(OBSERVED.length()), System.nanoTime()))) {
                    throw new IllegalStateException("More than " + MAX_LINES + " observations weren't read.");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The caller has ended.
        }
    }

    void send(String command) throws IOException {
        var input = process.outputWriter();
        input.write(command + "\n");
        input.flush();
    }

    /** Returns the next observation. */
    Line next(Duration patience) throws InterruptedException, TimeoutException {
        var line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new TimeoutException("The caller observed nothing for " + patience + ".");
        }
        return line;
    }

    /** Skips observations until one begins with a text. */
    Line await(String begin, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        try {
            var line = next(patience);
            while (!line.text().startsWith(begin)) {
                line = next(Duration.ofNanos(end - System.nanoTime()));
            }
            return line;
        } catch (TimeoutException e) {
            throw new IllegalStateException("The caller didn't observe '" + begin + "'.", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(END.toSeconds(), TimeUnit.SECONDS).join();
    }
}
