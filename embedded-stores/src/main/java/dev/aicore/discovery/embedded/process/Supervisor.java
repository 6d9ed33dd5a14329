package dev.aicore.discovery.embedded.process;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.embedded.process.ServerProcess.ServerStartException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * Restarts a server whenever it dies, and stops it cleanly when this process ends. The libraries that contain the
 * servers' binaries, by zonky and embedded-redis, start servers for tests: they neither restart a server that died, nor
 * stop the one that a killed process left running on the same data directory.
 */
public final class Supervisor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final String name;
    private final Supplier<? extends ServerProcess> launcher;
    private final Runnable afterStop;
    private final RestartBackOff backOff = new RestartBackOff();
    private final TimeSource time = new SystemTimeSource();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger restarts = new AtomicInteger();
    private final ReentrantLock transition = new ReentrantLock();
    private final Thread exitHook;
    private volatile ServerProcess process;

    private Supervisor(
            String name, ServerProcess running, Supplier<? extends ServerProcess> launcher, Runnable afterStop) {
        this.name = name;
        this.process = running;
        this.launcher = launcher;
        this.afterStop = afterStop;
        this.exitHook = new Thread(this::close, name + "-stop");
    }

    /**
     * Starts to supervise a server.
     *
     * @param name name of the server in messages
     * @param running server that already accepts connections
     * @param launcher launches a replacement without waiting until it accepts connections
     * @param afterStop called once after the server has been stopped
     */
    public static Supervisor of(
            String name, ServerProcess running, Supplier<? extends ServerProcess> launcher, Runnable afterStop) {
        var supervisor = new Supervisor(name, running, launcher, afterStop);
        Runtime.getRuntime().addShutdownHook(supervisor.exitHook);
        Thread.ofVirtual().name(name + "-watch").start(supervisor::watch);
        return supervisor;
    }

    /** Returns the id of the server process, which changes with a restart. */
    public long pid() {
        return process.pid();
    }

    /** Returns the number of restarts after unexpected ends. */
    public int restarts() {
        return restarts.get();
    }

    /**
     * Stops the server by the framework's shutdown handler, after all application contexts have closed. To be called
     * once the application runs; until then a shutdown of this process stops the server at once.
     */
    public void stopAfterApplication() {
        SpringApplication.getShutdownHandlers().add(this::close);
        removeExitHook();
    }

    /** Stops the server. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        closing.countDown();
        transition.lock();
        try {
            process.stop();
            log.info("{} stopped", name);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            afterStop.run();
            transition.unlock();
        }
        removeExitHook();
    }

    private void removeExitHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException processIsEnding) {
            log.trace("The process is ending", processIsEnding);
        }
    }

    /**
     * Supervises the server until it is closed. Continues after any exception: an unsupervised server would never be
     * restarted.
     */
    private void watch() {
        boolean serving = true;
        try {
            while (!isClosing()) {
                if (serving) {
                    awaitEnd();
                }
                serving = restart();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() throws InterruptedException {
        try {
            int exitCode = process.awaitEnd();
            if (!isClosing()) {
                log.error("{} ended unexpectedly (process {}, exit code {})", name, pid(), exitCode);
            }
        } catch (RuntimeException | Error unwatched) {
            log.error("Failed to supervise {}. Restarting the server", name, unwatched);
            discard();
        }
    }

    /** Restarts the server after a delay; returns false if that failed, or the server was closed meanwhile. */
    private boolean restart() throws InterruptedException {
        var pause = backOff.delayAfterFailure(time.nanos());
        if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            if (!launchUnlessClosing()) {
                return false;
            }
            process.awaitReady();
            log.warn("{} runs again (process {}), restart {}", name, pid(), restarts.incrementAndGet());
            return true;
        } catch (ServerStartException failed) {
            if (!isClosing()) {
                log.error("{} Trying again", failed.getMessage());
            }
        } catch (RuntimeException | Error failed) {
            log.error("Failed to restart {}. Trying again", name, failed);
            discard();
        }
        return false;
    }

    /** Stops a process in an unknown state: it would block the port and the files of the next one. */
    private void discard() throws InterruptedException {
        try {
            process.stop();
        } catch (RuntimeException | Error failed) {
            log.warn("{} (process {}) couldn't be stopped", name, pid(), failed);
        }
    }

    private boolean launchUnlessClosing() {
        transition.lock();
        try {
            if (isClosing()) {
                return false;
            }
            process = launcher.get();
            return true;
        } finally {
            transition.unlock();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
