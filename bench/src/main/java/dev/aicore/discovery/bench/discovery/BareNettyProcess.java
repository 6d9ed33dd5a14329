package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.JvmCommand;
import dev.aicore.discovery.bench.rig.ServerOutput;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs a bare Reactor Netty server as a child process: it shows the cost of HTTP on this machine without any
 * processing.
 */
record BareNettyProcess(Process process, int port, int length) implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 30;
    private static final Pattern READY = Pattern.compile("^(\\d+)$");

    /** @param length length of each answer in bytes */
    static BareNettyProcess launch(int length) throws IOException {
        var command = JvmCommand.running(BareNettyServer.class.getName(), System.getProperty("java.class.path"));
        command.add("" + length);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = process.inputReader();
        int port = ServerOutput.port(output, READY);
        ServerOutput.restOf(output);
        return new BareNettyProcess(process, port, length);
    }

    BenchmarkedServer contestant(RequestCycle requestCycle) {
        return new BenchmarkedServer(
                "bare Reactor Netty, %,d bytes".formatted(length), false, process.toHandle(), port, requestCycle);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }
}
