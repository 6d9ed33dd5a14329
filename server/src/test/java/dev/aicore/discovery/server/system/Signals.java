package dev.aicore.discovery.server.system;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What befalls processes. */
final class Signals {

    private Signals() {}

    /** To one process, which must be there. */
    static void send(String signal, long pid) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("No process " + pid + " takes a SIG" + signal + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
