package dev.aicore.discovery.embedded.process;

import org.jspecify.annotations.Nullable;

/** Server that runs as a child of this process. */
public interface ServerProcess {

    /** Returns the process id of the operating system. */
    long pid();

    /**
     * Blocks until the server accepts connections.
     *
     * @throws ServerStartException with the server's last output, if it ends instead
     */
    void awaitReady() throws InterruptedException;

    /**
     * Blocks until the server has ended.
     *
     * @return exit code
     */
    int awaitEnd() throws InterruptedException;

    /** Stops the server, cleanly if possible; blocks until it has ended. */
    void stop() throws InterruptedException;

    /**
     * Thrown if an embedded server couldn't be run. The message is one line with the reason and the location of the
     * log.
     */
    abstract class ServerStartException extends IllegalStateException {

        protected ServerStartException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
