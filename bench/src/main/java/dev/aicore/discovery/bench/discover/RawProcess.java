package dev.aicore.discovery.bench.discover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A bare Reactor Netty server in a process of its own: what HTTP costs on this machine when nobody does anything for it. */
record RawProcess(Process process, int port) implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    /** @param length of each answer, in bytes */
    static RawProcess launch(int length) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseG1GC",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RawServer.class.getName(),
                        "" + length)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new RawProcess(
                process, Integer.parseInt(process.inputReader().readLine().strip()));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
