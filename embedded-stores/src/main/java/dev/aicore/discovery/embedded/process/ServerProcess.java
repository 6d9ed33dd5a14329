package dev.aicore.discovery.embedded.process;

/** A server that runs as a child of this process. */
public interface ServerProcess {

    /** Of the operating system. */
    long pid();

    /**
     * Returns when it serves.
     *
     * @throws ServerStartException with the server's own last words, if it ends instead
     */
    void awaitReady() throws InterruptedException;

    /** Returns its exit code when it has ended. */
    int awaitEnd() throws InterruptedException;

    /** Ends it cleanly if it lets itself; returns when it has ended. */
    void stop() throws InterruptedException;
}
