package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Program of the machine that a test uses as a client. A test is skipped if its program isn't installed. */
final class InstalledProgram implements AutoCloseable {

    private final Process process;

    private InstalledProgram(Process process) {
        this.process = process;
    }

    /** Runs a program to its end; returns its standard output. */
    static String run(String name, String... arguments) throws IOException {
        var process = new ProcessBuilder(command(name, arguments))
                .redirectErrorStream(true)
                .start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Starts a program, whose output goes to a file. */
    static InstalledProgram start(Path log, String name, String... arguments) throws IOException {
        return new InstalledProgram(new ProcessBuilder(command(name, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    private static List<String> command(String name, String... arguments) {
        var path = Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(
                path.isPresent(), name + " isn't installed: './registry --install --test-programs' installs it");
        var command = new ArrayList<String>();
        command.add(path.orElseThrow().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Kills the program like {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
