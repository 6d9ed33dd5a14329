package dev.aicore.discovery.uitests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps the PostgreSQL of a server away: stops it, and again after each restart, until it is closed. */
final class DatabaseOutage implements AutoCloseable {

    private final Path pidFile;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread thread;

    DatabaseOutage(Path dataDir) {
        this.pidFile = dataDir.resolve("postgres").resolve("postmaster.pid");
        this.thread = Thread.ofVirtual().start(this::keepAway);
    }

    @Override
    public void close() {
        ended.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepAway() {
        var stopped = new HashSet<Long>();
        while (!ended.get()) {
            long pid = postmaster();
            if (pid > 0 && stopped.add(pid)) {
                stopImmediately(pid);
            }
            pause();
        }
    }

    /** Returns the process id; 0 while there is none. */
    private long postmaster() {
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst().map(line -> Long.parseLong(line.strip())).orElse(0L);
        } catch (IOException | UncheckedIOException | NumberFormatException absentOrBeingWritten) {
            return 0;
        }
    }

    /** Stops the server without a checkpoint, as {@code pg_ctl stop -m immediate} does. */
    private static void stopImmediately(long pid) {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            ended.set(true);
        }
    }
}
