package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Jvm;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A bare Reactor Netty server in a process of its own: what HTTP costs on this machine when nobody does anything for it. */
record RawProcess(Process process, int port) implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    /** @param length of each answer, in bytes */
    static RawProcess launch(int length) throws IOException {
        var command = Jvm.running(RawServer.class, System.getProperty("java.class.path"));
        command.add("" + length);
        var process = new ProcessBuilder(command)
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
