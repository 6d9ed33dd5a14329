package dev.aicore.discovery.server.system;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes. */
final class ProcessSignals {

    private ProcessSignals() {}

    /**
     * Sends a signal to one process; ignores one that has ended. Uses the shell, because a minimal system has no
     * program for it.
     */
    static void send(String signal, long pid) {
        try {
            int exit = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0 && ProcessHandle.of(pid).isPresent()) {
                throw new IllegalStateException("Process " + pid + " took no SIG" + signal + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
