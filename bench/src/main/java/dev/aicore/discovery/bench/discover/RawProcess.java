package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Requests;
import dev.aicore.discovery.bench.rig.Jvm;
import dev.aicore.discovery.bench.rig.Said;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A bare Reactor Netty server in a process of its own: what HTTP costs on this machine when nobody does anything for it. */
record RawProcess(Process process, int port, int length) implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;
    private static final Pattern READY = Pattern.compile("^(\\d+)$");

    /** @param length of each answer, in bytes */
    static RawProcess launch(int length) throws IOException {
        var command = Jvm.running(RawServer.class.getName(), System.getProperty("java.class.path"));
        command.add("" + length);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = process.inputReader();
        int port = Said.port(output, READY);
        Said.restOf(output);
        return new RawProcess(process, port, length);
    }

    Contestant contestant(Requests requests) {
        return new Contestant(
                "bare Reactor Netty, %,d bytes".formatted(length), false, process.toHandle(), port, requests);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
